import { baseName, isOwnFile } from "./program-name.ts";

/** What is left of a command without the programs that only start another one. */
export interface UnwrappedCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** The programs taken off, outermost first. */
  readonly wrappers: readonly string[];
  /** Names of variables that `env` sets for it. */
  readonly variables: readonly string[];
  /** A wrapper was used in a way that is not understood: what really runs is unknown. */
  readonly opaque: boolean;
}

interface Wrapper {
  /** Options that stand alone. */
  readonly flags: readonly string[];
  /** Options that take the next word, or the rest of their own. */
  readonly values: readonly string[];
  /** Words before the command that belong to the wrapper. */
  readonly operands: number;
  /** Also `-10` and the like. */
  readonly numbers?: boolean;
}

const wrappers: Readonly<Record<string, Wrapper>> = {
  nice: { flags: [], values: ["-n", "--adjustment"], operands: 0, numbers: true },
  ionice: { flags: ["-t", "--ignore"], values: ["-c", "--class", "-n", "--classdata"], operands: 0 },
  nohup: { flags: [], values: [], operands: 0 },
  timeout: {
    flags: ["--foreground", "--preserve-status", "-v", "--verbose", "-p", "-f"],
    values: ["-k", "--kill-after", "-s", "--signal"],
    operands: 1,
  },
  stdbuf: { flags: [], values: ["-i", "--input", "-o", "--output", "-e", "--error"], operands: 0 },
  time: { flags: ["-p", "-v", "--verbose", "-l"], values: ["-f", "--format"], operands: 0 },
  setsid: { flags: ["-c", "--ctty", "-f", "--fork", "-w", "--wait"], values: [], operands: 0 },
  caffeinate: { flags: ["-d", "-i", "-m", "-s", "-u"], values: ["-t", "-w"], operands: 0 },
  command: { flags: ["-p"], values: [], operands: 0 },
  exec: { flags: ["-c", "-l"], values: ["-a"], operands: 0 },
  env: {
    flags: ["-i", "--ignore-environment", "-", "-v", "--debug"],
    values: ["-u", "--unset"],
    operands: 0,
  },
};

function wrapperOf(program: string): { readonly name: string; readonly wrapper: Wrapper } | null {
  if (isOwnFile(program)) return null;
  const name = baseName(program);
  const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
  return wrapper === undefined ? null : { name, wrapper };
}

const MAX_DEPTH = 20;
const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=/;

export function unwrapCommand(argv: readonly string[]): UnwrappedCommand {
  const taken: string[] = [];
  const variables: string[] = [];
  let rest = argv;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const [program = "", ...args] = rest;
    const found = wrapperOf(program);
    if (found === null) return { program, args, wrappers: taken, variables, opaque: false };
    const inner = innerCommand(found.name, found.wrapper, args, variables);
    if (inner === null) return { program, args, wrappers: taken, variables, opaque: true };
    if (inner.length === 0) return { program, args, wrappers: taken, variables, opaque: false };
    taken.push(found.name);
    rest = inner;
  }
  return { program: rest[0] ?? "", args: rest.slice(1), wrappers: taken, variables, opaque: true };
}

/** Null if an option is not known, since then nobody can say where the command begins. */
function innerCommand(
  program: string,
  { flags, values, operands, numbers }: Wrapper,
  args: readonly string[],
  variables: string[],
): readonly string[] | null {
  let i = 0;
  for (; i < args.length; i += 1) {
    const word = args[i] ?? "";
    if (word === "--") {
      i += 1;
      break;
    }
    if (flags.includes(word) || (numbers === true && /^-\d+$/.test(word))) continue;
    if (!word.startsWith("-")) break;
    if (values.includes(word)) i += 1;
    else if (!hasAttachedValue(word, values)) return null;
  }
  if (program === "env") {
    for (let name = assignment.exec(args[i] ?? ""); name !== null; name = assignment.exec(args[i] ?? "")) {
      variables.push(name[1] ?? "");
      i += 1;
    }
  }
  return args.slice(i + operands);
}

function hasAttachedValue(word: string, values: readonly string[]): boolean {
  return values.some((option) =>
    option.startsWith("--") ? word.startsWith(`${option}=`) : word.startsWith(option) && word.length > 2,
  );
}
