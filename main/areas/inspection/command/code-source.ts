import { interpreterOf, isCarrier } from "./interpreters.ts";
import type { Interpreter } from "./interpreters.ts";
import { launchedCommand } from "./launchers.ts";
import { hasCodeInOptions } from "./options-with-code.ts";
import { isPlainAwk, isPlainSed } from "./plain-filters.ts";
import { baseName, isOwnFile } from "./program-name.ts";
import { unwrapCommand } from "./unwrap.ts";

/**
 * Where the code comes from that a command runs besides the program itself.
 *
 * `inline`: from the command line, the input, a module or a place that is not understood. `script`: from this file.
 * `none`: the program runs no code of the caller's.
 */
export type CodeSource =
  { readonly kind: "none" | "inline" } | { readonly kind: "script"; readonly path: string };

export interface Command {
  /** Behind wrappers such as `env` and `timeout`. */
  readonly program: string;
  readonly args: readonly string[];
  readonly wrappers: readonly string[];
  readonly code: CodeSource;
}

const none: CodeSource = { kind: "none" };
const inline: CodeSource = { kind: "inline" };

/** Variables that decide which code a program loads or runs. */
const steering =
  /^(PATH|IFS|ENV|BASH_ENV|SHELL|EDITOR|VISUAL|PAGER|BROWSER|HOME|LD_|DYLD_|NODE_|NPM_|npm_|PYTHON|PERL|RUBY|GEM_|PHP|LUA_|JAVA_|_JAVA|JDK_|CLASSPATH|GIT_|SSH_|GO|CGO_|RUST|CARGO|MAKE|CC$|CXX$|LESS|XDG_|ZDOTDIR)/;

const printsOnly = new Set(["--version", "--help"]);
/** Some go on with what is on their input after these. */
const printsWithoutInput = new Set(["-V", "-h", "-v", "-version"]);
const MAX_DEPTH = 5;

export function parseCommand(argv: readonly string[], hasInput = false): Command {
  const { program, args, wrappers, variables, opaque } = unwrapCommand(argv);
  const steered = opaque || variables.some((name) => steering.test(name));
  const code = steered ? inline : codeSource(program, args, hasInput, 0);
  return { program, args, wrappers, code };
}

function codeSource(program: string, args: readonly string[], hasInput: boolean, depth: number): CodeSource {
  if (depth > MAX_DEPTH) return inline;
  if (isOwnFile(program)) return { kind: "script", path: program };
  const name = baseName(program);
  if (isCarrier(name)) return inline;
  const launched = launchedCommand(name, args);
  if (launched === "unknown") return inline;
  if (launched !== null) {
    const inner = unwrapCommand(launched);
    if (inner.opaque || inner.variables.some((variable) => steering.test(variable))) return inline;
    return codeSource(inner.program, inner.args, hasInput, depth + 1);
  }
  if (hasCodeInOptions(name, args)) return inline;
  if (name === "sed" || name === "gsed") return isPlainSed(args) ? none : inline;
  if (/^[gmn]?awk$/.test(name) && isPlainAwk(args)) return none;
  const interpreter = interpreterOf(name);
  return interpreter === null ? none : interpreted(interpreter, lowerIfPowerShell(name, args), hasInput);
}

function interpreted(interpreter: Interpreter, args: readonly string[], hasInput: boolean): CodeSource {
  const { letters = "", flags = [], values = [], scripts = [], commands = [], operand } = interpreter;
  const [only = ""] = args;
  if (args.length === 1 && (printsOnly.has(only) || (!hasInput && printsWithoutInput.has(only)))) return none;
  const cluster = new RegExp(`^[-+][${letters || "-"}]+$`);
  for (let i = 0; i < args.length; i += 1) {
    const word = args[i] ?? "";
    if (scripts.includes(word)) return scriptAt(args[i + 1]);
    if (values.includes(word)) i += 1;
    else if (!word.startsWith("-") && !word.startsWith("+")) {
      return operand === "script" && !commands.includes(word) ? scriptAt(word) : inline;
    } else if (!isFlag(word, flags) && !(letters !== "" && cluster.test(word))) return inline;
  }
  return inline;
}

const scriptAt = (path: string | undefined): CodeSource =>
  path === undefined || path === "" || path === "-" ? inline : { kind: "script", path };

const isFlag = (word: string, flags: readonly string[]) =>
  flags.some((flag) => (flag.endsWith("=") ? word.startsWith(flag) : word === flag));

/** PowerShell does not care about the case of its options; the script's own name keeps it. */
function lowerIfPowerShell(name: string, args: readonly string[]): readonly string[] {
  if (name !== "pwsh" && name !== "powershell") return args;
  return args.map((word) => (word.startsWith("-") ? word.toLowerCase() : word));
}
