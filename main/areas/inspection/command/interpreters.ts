import { baseName } from "./program-name.ts";

/** How a program that runs code is told where the code is. What is not listed here is not understood. */
export interface Interpreter {
  /** Single letters that may stand together and mean nothing for where the code comes from: `-eux`. */
  readonly letters?: string;
  /** Other such options. One that ends in `=` takes a value behind it. */
  readonly flags?: readonly string[];
  /** Such options that take the next word. */
  readonly values?: readonly string[];
  /** Options whose value is the script. */
  readonly scripts?: readonly string[];
  /** First words that are commands of its own and no script. */
  readonly commands?: readonly string[];
  /** What the first word that is no option is. */
  readonly operand: "script" | "code";
}

const shell: Interpreter = {
  letters: "aefhlmnuvxBCEHPT",
  flags: ["--norc", "--noprofile", "--posix", "--login", "--restricted"],
  values: ["-o", "+o", "-O", "+O"],
  operand: "script",
};
const python: Interpreter = { letters: "BbdEIOPqRsSuvx", values: ["-W"], operand: "script" };
const awk: Interpreter = {
  flags: ["--posix", "--sandbox"],
  values: ["-F", "-v", "--field-separator", "--assign"],
  scripts: ["-f", "--file"],
  operand: "code",
};
const node: Interpreter = {
  flags: [
    "--no-warnings",
    "--trace-warnings",
    "--no-deprecation",
    "--trace-deprecation",
    "--throw-deprecation",
    "--enable-source-maps",
    "--expose-gc",
    "--experimental-strip-types",
    "--check",
    "-c",
    "--max-old-space-size=",
    "--stack-size=",
    "--unhandled-rejections=",
  ],
  commands: ["inspect"],
  operand: "script",
};
const powershell: Interpreter = {
  flags: ["-noprofile", "-nop", "-noninteractive", "-nologo"],
  scripts: ["-file", "-f"],
  operand: "code",
};
const scriptFirst: Interpreter = { operand: "script" };

const interpreters: Readonly<Record<string, Interpreter>> = {
  sh: shell,
  bash: shell,
  zsh: shell,
  dash: shell,
  ash: shell,
  ksh: shell,
  mksh: shell,
  fish: { letters: "lN", operand: "script" },
  csh: { letters: "efvx", operand: "script" },
  tcsh: { letters: "efvx", operand: "script" },
  nu: scriptFirst,
  elvish: scriptFirst,
  xonsh: scriptFirst,
  pwsh: powershell,
  powershell,
  cmd: { operand: "code" },
  node,
  nodejs: node,
  tsx: scriptFirst,
  "ts-node": scriptFirst,
  python,
  pypy: python,
  ipython: scriptFirst,
  perl: { letters: "wWtTX", operand: "script" },
  ruby: { letters: "w", operand: "script" },
  php: { letters: "nq", scripts: ["-f", "--file"], operand: "script" },
  lua: { letters: "E", operand: "script" },
  luajit: scriptFirst,
  osascript: { values: ["-l", "-s"], operand: "script" },
  tclsh: scriptFirst,
  wish: scriptFirst,
  expect: { scripts: ["-f"], operand: "script" },
  rscript: { flags: ["--vanilla"], operand: "script" },
  r: { flags: ["--vanilla", "--slave", "--no-echo"], scripts: ["-f"], operand: "code" },
  julia: scriptFirst,
  groovy: scriptFirst,
  scala: scriptFirst,
  java: { scripts: ["-jar"], operand: "code" },
  swift: scriptFirst,
  elixir: scriptFirst,
  escript: scriptFirst,
  erl: { operand: "code" },
  ghci: { operand: "code" },
  runghc: scriptFirst,
  awk,
  gawk: awk,
  mawk: awk,
  nawk: awk,
};

/** Programs that start another one given to them in a form of their own, or that run commands from their input. */
const carriers = new Set(
  `sudo doas su pkexec runuser chroot unshare nsenter systemd-run xargs parallel watch script flock strace ltrace gdb lldb
   screen tmux at batch ssh eval docker podman kubectl vi vim nvim ex ed emacs sqlite3 psql mysql rsh jupyter
   start-stop-daemon runas wsl`.split(/\s+/),
);

/** The look behind keeps a name of dots from taking time in the square of its length. */
const version = /(?<![\d.])[\d.]+$/;

/** A version at the end does not matter: `python3.12` is python. */
export function interpreterOf(program: string): Interpreter | null {
  const name = baseName(program);
  for (const candidate of [name, name.replace(version, "")]) {
    if (Object.hasOwn(interpreters, candidate)) return interpreters[candidate] ?? null;
  }
  return null;
}

export const isCarrier = (program: string): boolean => carriers.has(baseName(program));
