import {
  createScanner,
  findNodeAtLocation,
  parseTree,
  printParseErrorCode,
  stripComments,
  type Node,
  type ParseError,
} from "jsonc-parser";

/** A key or an index on the way from the root of a document to one of its values. */
export type JsonPath = readonly (string | number)[];

/** What is wrong with a document, and where; lines and columns count from 1. */
export class JsonSyntaxError extends Error {
  readonly problem: string;
  readonly line: number;
  readonly column: number;

  constructor(problem: string, line: number, column: number) {
    super(`${problem} at line ${line}, column ${column}`);
    this.name = "JsonSyntaxError";
    this.problem = problem;
    this.line = line;
    this.column = column;
  }
}

export interface JsonDocument {
  readonly value: unknown;
  /** The line that `path`, or as much of it as exists, stands on. */
  lineOf(path: JsonPath): number;
}

const MAX_DEPTH = 64;

/**
 * Reads JSON, in which comments may stand, and remembers where every value stands, so that a person can be pointed at
 * the line to correct. Contract: throws JsonSyntaxError only.
 */
export function parseJsonDocument(source: string): JsonDocument {
  const text = source.replace(/^\uFEFF/, " ");
  const stop = (problem: string, offset: number): never => {
    throw new JsonSyntaxError(problem, lineAt(text, offset), offset - text.lastIndexOf("\n", offset - 1));
  };
  const tooDeep = firstTooDeep(text);
  if (tooDeep !== null) stop("too many brackets inside one another", tooDeep);
  const errors: ParseError[] = [];
  const root = parseTree(text, errors);
  const [first] = errors;
  if (first !== undefined) stop(problemOf(text, first), first.offset);
  const repeated = root === undefined ? null : repeatedKey(root);
  if (repeated !== null) stop(`the key "${String(repeated.value)}" appears twice`, repeated.offset);
  return {
    value: JSON.parse(stripComments(text, " ")),
    lineOf(path) {
      if (root === undefined) return 1;
      for (let length = path.length; length >= 0; length -= 1) {
        const found = findNodeAtLocation(root, path.slice(0, length));
        if (found !== undefined) return lineAt(text, entryOf(found).offset);
      }
      return 1;
    },
  };
}

/** The key together with its value, where it is one of an object. */
export function entryOf(node: Node): Node {
  return node.parent?.type === "property" ? node.parent : node;
}

const lineAt = (text: string, offset: number) => text.slice(0, offset).split("\n").length;

/** The parser calls itself for every bracket, so their depth is looked at first. */
function firstTooDeep(text: string): number | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const mark = text[scanner.getTokenOffset()];
    if (mark === "{" || mark === "[") depth += 1;
    if (mark === "}" || mark === "]") depth -= 1;
    if (depth > MAX_DEPTH) return scanner.getTokenOffset();
  }
  return null;
}

/** A second key of the same name: programs differ in which one holds, so neither does. */
function repeatedKey(node: Node): Node | null {
  const seen = new Set<unknown>();
  for (const child of node.children ?? []) {
    const key = child.type === "property" ? child.children?.[0] : undefined;
    if (key !== undefined && seen.has(key.value)) return key;
    seen.add(key?.value);
    const inside = repeatedKey(child);
    if (inside !== null) return inside;
  }
  return null;
}

const STRANGE_TEXT = "a text with an escape or a control character that JSON does not have";
const BROKEN_TOKENS: Readonly<Record<string, string>> = {
  UnexpectedEndOfString: "a text that is not closed on its line",
  UnexpectedEndOfNumber: "a number that is not complete",
  UnexpectedEndOfComment: "a comment that is not closed",
  InvalidUnicode: STRANGE_TEXT,
  InvalidEscapeCharacter: STRANGE_TEXT,
  InvalidCharacter: STRANGE_TEXT,
};

function problemOf(text: string, { error, offset }: ParseError): string {
  const broken = BROKEN_TOKENS[printParseErrorCode(error)];
  if (broken !== undefined) return broken;
  const found = offset < text.length ? `not "${text[offset]}"` : "but the file ends";
  return `expected ${expectedAt(text, offset)}, ${found}`;
}

/** What could have stood there: found out by putting a colon there, which fits after a key only. */
function expectedAt(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const errors: ParseError[] = [];
  parseTree(`${before}:`, errors);
  const { open, last } = scanned(before);
  const [first] = errors;
  switch (first?.offset === offset ? printParseErrorCode(first.error) : "") {
    case "PropertyNameExpected":
      return "a key in double quotes";
    case "ValueExpected":
      return "a value";
    case "EndOfFileExpected":
      return "nothing more";
    case "CommaExpected":
      return open.at(-1) === "[" ? '"," or "]"' : '"," or "}"';
    default:
      return `":" after the key "${last}"`;
  }
}

/** The brackets that are open at the end of a text, and its last token. */
function scanned(text: string): { open: string[]; last: string } {
  const scanner = createScanner(text, true);
  const open: string[] = [];
  let last = "";
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    last = scanner.getTokenValue();
    const mark = text.charAt(scanner.getTokenOffset());
    if ("{[".includes(mark)) open.push(mark);
    if ("}]".includes(mark)) open.pop();
  }
  return { open, last };
}
