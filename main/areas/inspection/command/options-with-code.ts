import { baseName } from "./program-name.ts";

/** Options by which programs that are no interpreters run a command all the same. One per known trick. */
const codeOptions: Readonly<Record<string, readonly RegExp[]>> = {
  find: [/^-(exec|execdir|ok|okdir)$/],
  fd: [/^(-x|-X|--exec|--exec-batch)/],
  rg: [/^--(pre|hostname-bin)(=|$)/],
  tar: [
    /^--(checkpoint-action|to-command|use-compress-program|rsh-command|info-script|new-volume-script)/,
    /^-[IF]/,
  ],
  rsync: [/^(-e|--rsh)/, /^-[a-zA-Z]*e/, /^--rsync-path/],
  make: [/^--eval/, /^-[a-zA-Z]*E/, /^(-f|--file=|--makefile=)-$/, /^[A-Za-z_][\w.]*[:?+!]*=/],
  gmake: [/^--eval/, /^-[a-zA-Z]*E/, /^(-f|--file=|--makefile=)-$/, /^[A-Za-z_][\w.]*[:?+!]*=/],
  go: [/^--?(exec|toolexec|vettool|overlay)(=|$)/],
  cargo: [/^--config/, /^\+/],
  npm: [/^--(script-shell|shell|node-options|call|git|editor|browser)(=|$)/, /^-c$/],
  pnpm: [/^--(script-shell|shell-mode|node-options)(=|$)/, /^-c$/],
  yarn: [/^--(script-shell|node-options)(=|$)/],
  pytest: [/^-p/, /^--(pyargs|import-mode|rootdir)/],
  curl: [/^(-K|--config)/],
  zip: [/^-T/, /^--unzip-command/],
  man: [/^-[HP]/, /^--(pager|html)/],
  sort: [/^--compress-program/],
  split: [/^--filter/],
};

/** Options of git itself or of its commands that name a program or a configuration which does. */
const gitOptions = [
  /^-c$/,
  /^-c./,
  /^--config-env/,
  /^--exec-path=/,
  /^--(exec|upload-pack|receive-pack|tool|extcmd|open-files-in-pager|smtp-server|ext-diff|textconv)(=|$)/,
  /^-x$/,
  /^-O./,
  /^ext::/,
];
const gitCommands = new Set(["bisect", "filter-branch", "difftool", "mergetool", "config"]);

/** Whether the options of a program that is no interpreter make it run something else. */
export function hasCodeInOptions(program: string, args: readonly string[]): boolean {
  const name = baseName(program);
  if (name === "git") return isGitWithCode(args);
  const patterns = Object.hasOwn(codeOptions, name) ? codeOptions[name] : undefined;
  if (patterns === undefined) return false;
  if ((name === "make" || name === "gmake") && followed(args, "-f", "-")) return true;
  return args.some((word) => patterns.some((pattern) => pattern.test(word)));
}

function isGitWithCode(args: readonly string[]): boolean {
  if (args.some((word) => gitOptions.some((pattern) => pattern.test(word)))) return true;
  const command = args.find((word) => !word.startsWith("-")) ?? "";
  return gitCommands.has(command) || (command === "submodule" && args.includes("foreach"));
}

const followed = (args: readonly string[], option: string, value: string) =>
  args.some((word, i) => word === option && args[i + 1] === value);
