import { parse } from "unbash";
import type {
  Assignment,
  Command,
  CompoundCommand,
  CompoundList,
  CommandNode,
  Function as FunctionNode,
  Coproc,
  ParsedScript,
  Pipeline,
  Redirected,
  Redirection,
  Statement,
} from "unbash";
import type { CommandWord } from "../command/word.ts";
import { isCovered } from "./coverage.ts";
import type { Span } from "./coverage.ts";
import { createExpansions } from "./expansions.ts";
import { commandWord } from "./shell-word.ts";

/** One program call of a shell text, with what the shell does around it. */
export interface SimpleCommand {
  readonly words: readonly CommandWord[];
  readonly assignments: readonly ShellAssignment[];
  readonly redirections: readonly ShellRedirection[];
  /** Something is fed to it: a pipe, a here-document, a file. */
  readonly hasInput: boolean;
  readonly inBackground: boolean;
  /** What its here-documents hold, as it is written. */
  readonly hereDocuments: readonly string[];
}

export interface ShellAssignment {
  readonly name: string;
  /** An element, an array, or an addition to what it was. */
  readonly isPlain: boolean;
}

export interface ShellRedirection {
  readonly does: "reads" | "writes";
  readonly target: CommandWord;
}

export interface ParsedShell {
  /** In the order in which they are written. */
  readonly commands: readonly SimpleCommand[];
  /** Constructs whose effect depends on what is known only when it runs. */
  readonly doubts: ReadonlySet<string>;
  /** Variables that loops set. */
  readonly variables: ReadonlySet<string>;
  /** It has loops or functions, so what is written once may run often. */
  readonly repeats: boolean;
}

/** Longer texts, and texts with more of the shell's own signs, are not looked into: that could take long. */
const MAX_TEXT = 48 * 1024;
const MAX_SIGNS = 2_000;
const MAX_HERE_DOCUMENTS = 40;
const MAX_DEPTH = 40;
/** Bash drops a last backslash, which has nothing to go on with. */
const isContinued = /(?<!\\)(?:\\\\)*\\$/;
const sign = /[|&;<>()$`{}[\]"'\\\n=!#]/g;

/**
 * Every simple command of a text for bash, wherever it stands. Null: it does not parse, or holds what is not on the
 * list of constructs here.
 *
 * Contract: never throws, and takes a few milliseconds at most whatever it is given.
 */
export function parseShell(text: string): ParsedShell | null {
  if (text.length > MAX_TEXT || text.includes("\0") || isContinued.test(text)) return null;
  if (text.split("<<", MAX_HERE_DOCUMENTS + 2).length > MAX_HERE_DOCUMENTS + 1) return null;
  if ((text.match(sign)?.length ?? 0) > MAX_SIGNS) return null;
  try {
    return collect(text);
  } catch (error) {
    // The parser's own stack may end before its limits do.
    if (error instanceof NotUnderstood || error instanceof RangeError) return null;
    throw error;
  }
}

class NotUnderstood extends Error {}

/** How the shell runs a command, from what stands around it. */
interface Around {
  readonly hasInput: boolean;
  readonly inBackground: boolean;
  readonly redirections: readonly ShellRedirection[];
}
const alone: Around = { hasInput: false, inBackground: false, redirections: [] };

function collect(text: string): ParsedShell {
  const commands: SimpleCommand[] = [];
  const doubts = new Set<string>();
  const variables = new Set<string>();
  let repeats = false;
  let spans: Span[] = [];
  let source = text;
  let depth = 0;

  const expansions = createExpansions({
    doubt: (what) => void doubts.add(what),
    script: visitScript,
    refuse: () => {
      throw new NotUnderstood();
    },
  });

  function visitScript(script: ParsedScript): void {
    if ((script.errors?.length ?? 0) > 0) throw new NotUnderstood();
    if ((depth += 1) > MAX_DEPTH) throw new NotUnderstood();
    const outer = { spans, source };
    spans = [];
    // What is escaped inside of backquotes is read from a text of its own.
    source = script.source ?? source;
    visitStatements(script.commands, alone);
    const range = script.source === undefined ? script : { pos: 0, end: source.length };
    if (!isCovered(source, range, spans)) throw new NotUnderstood();
    ({ spans, source } = outer);
    depth -= 1;
  }

  function visitStatements(statements: readonly Statement[], around: Around): void {
    if ((depth += 1) > MAX_DEPTH) throw new NotUnderstood();
    for (const { command, background } of statements) {
      const within = background === true ? { ...around, inBackground: true } : around;
      if (command.type === "AndOr") for (const part of command.commands) visitPart(part, within);
      else visitPart(command, within);
    }
    depth -= 1;
  }

  const visitList = (list: CompoundList, around: Around) => visitStatements(list.commands, around);

  function visitPart(part: CommandNode | Pipeline, around: Around): void {
    if (part.type !== "Pipeline") return visitCommand(part, around);
    part.commands.forEach((command, i) =>
      visitCommand(command, i === 0 ? around : { ...around, hasInput: true }),
    );
  }

  function visitCommand(node: CommandNode, around: Around): void {
    switch (node.type) {
      case "Command":
        return visitSimple(node, around);
      case "Redirected":
        return visitRedirected(node, around);
      case "Function":
      case "Coproc":
        return visitNamed(node, around);
      default:
        return visitCompound(node, around);
    }
  }

  function visitSimple(node: Command, around: Around): void {
    const words: CommandWord[] = [];
    const assignments: ShellAssignment[] = [];
    const redirections: ShellRedirection[] = [...around.redirections];
    const hereDocuments: string[] = [];
    const redirected = (part: Redirection) => {
      if (part.type === "HereDoc") hereDocuments.push(part.body?.text ?? "");
      return redirection(part, redirections);
    };
    let { hasInput } = around;
    if (node.name !== undefined) words.push(word(node.name));
    for (const part of node.prefix) {
      if (part.type === "Assignment") assignments.push(assignment(part));
      else hasInput = redirected(part) || hasInput;
    }
    for (const part of node.suffix) {
      if (part.type === "Word") words.push(word(part));
      else if (part.type === "Assignment") words.push(assignedWord(part));
      else hasInput = redirected(part) || hasInput;
    }
    const { inBackground } = around;
    commands.push({ words, assignments, redirections, hasInput, inBackground, hereDocuments });
  }

  function visitRedirected({ command, redirects }: Redirected, around: Around): void {
    const redirections = [...around.redirections];
    let { hasInput } = around;
    for (const part of redirects) hasInput = redirection(part, redirections) || hasInput;
    visitCompound(command, { ...around, redirections, hasInput });
    // A group without any command still opens its files.
    commands.push({
      words: [],
      assignments: [],
      redirections,
      hasInput,
      inBackground: false,
      hereDocuments: [],
    });
  }

  function visitNamed(node: FunctionNode | Coproc, around: Around): void {
    if (node.type === "Coproc") throw new NotUnderstood();
    spans.push(node.name);
    if (node.body.type === "CompoundList") throw new NotUnderstood();
    doubts.add("defines a function");
    repeats = true;
    // Called from anywhere, with anything as its input.
    visitCommand(node.body, { ...around, hasInput: true });
  }

  function visitCompound(node: CompoundCommand, around: Around): void {
    if (/^(While|For|Select|ArithmeticFor)$/.test(node.type)) repeats = true;
    switch (node.type) {
      case "Subshell":
      case "BraceGroup":
        return visitList(node.body, around);
      case "If":
        for (const branch of [node, ...node.elif]) {
          visitList(branch.clause, around);
          visitList(branch.then, around);
        }
        if (node.else !== undefined) visitList(node.else, around);
        return;
      case "While":
        visitList(node.clause, around);
        return visitList(node.body, around);
      case "For":
      case "Select":
        spans.push(node.name);
        variables.add(node.name.text);
        for (const one of node.wordlist ?? []) word(one);
        return visitList(node.body, around);
      case "ArithmeticFor":
        spans.push({ pos: node.pos, end: node.body.pos });
        for (const part of [node.initialize, node.test, node.update])
          if (part !== undefined) expansions.arithmetic(part);
        return visitList(node.body, around);
      case "Case":
        word(node.word);
        for (const item of node.items) {
          for (const one of item.pattern) word(one);
          visitList(item.body, around);
        }
        return;
      case "TestCommand":
        spans.push(node);
        return expansions.test(node.expression);
      case "ArithmeticCommand":
        spans.push(node);
        if (node.expression === undefined) throw new NotUnderstood();
        return expansions.arithmetic(node.expression);
      default:
        throw new NotUnderstood();
    }
  }

  function word(node: Parameters<typeof commandWord>[0]): CommandWord {
    spans.push(node);
    expansions.word(node);
    return commandWord(node);
  }

  function assignment(node: Assignment): ShellAssignment {
    spans.push(node);
    if (node.index !== undefined) expansions.word(node.index);
    if (node.value.type === "Word") expansions.word(node.value);
    else for (const element of node.value.elements) expansions.word(element);
    return {
      name: node.name,
      isPlain: node.index === undefined && node.append !== true && node.value.type === "Word",
    };
  }

  /** An argument that the shell's own commands, such as `export`, take as an assignment. */
  function assignedWord(node: Assignment): CommandWord {
    const { isPlain } = assignment(node);
    const value = node.value.type === "Word" ? commandWord(node.value) : null;
    return isPlain && value?.kind === "literal"
      ? { text: `${node.name}=${value.text}`, kind: "literal" }
      : { text: node.text, kind: "unknown" };
  }

  /** Adds what it opens. True if it feeds the command. */
  function redirection(node: Redirection, found: ShellRedirection[]): boolean {
    spans.push(node);
    if (node.descriptor?.type === "FileDescriptorVariable") throw new NotUnderstood();
    if (node.type === "HereDoc") {
      if (node.delimiter === undefined || node.closing === undefined) throw new NotUnderstood();
      spans.push({ pos: node.body.pos, end: node.closing.end });
      if (!node.delimiter.quoted) expansions.parts(node.body.parts ?? []);
      return true;
    }
    if (node.target === undefined) throw new NotUnderstood();
    const target = word(node.target);
    if (node.type === "HereString") return true;
    const copies = node.operator === ">&" || node.operator === "<&";
    if (copies && target.kind === "literal" && /^(\d+-?|-)$/.test(target.text)) return node.operator === "<&";
    if (node.operator !== "<" && node.operator !== "<&") found.push({ does: "writes", target });
    const reads = node.operator === "<" || node.operator === "<>" || node.operator === "<&";
    if (reads) found.push({ does: "reads", target });
    return reads;
  }

  visitScript(parse(text));
  return { commands, doubts, variables, repeats };
}
