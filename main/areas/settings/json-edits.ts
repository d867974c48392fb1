import { createScanner, findNodeAtLocation, parseTree, type Node } from "jsonc-parser";
import { entryOf, type JsonPath } from "./json-document.ts";

/** Puts `value` at `path`, with what is missing on the way there; undefined takes out what is there. */
export interface JsonEdit {
  readonly path: JsonPath;
  readonly value: unknown;
}

/**
 * The text after the edits. Comments, order and layout of the rest stay as a person wrote them. (jsonc-parser's own
 * `modify` gives lines a new layout, and drops or moves the comments beside them; so only its tree is used.)
 *
 * Contract: `text` is well-formed, and so is the result.
 */
export function applyJsonEdits(text: string, edits: readonly JsonEdit[]): string {
  return edits.reduce(applyEdit, text);
}

function applyEdit(text: string, { path, value }: JsonEdit): string {
  const root = parseTree(text);
  if (root === undefined) throw new Error("only a document can be edited");
  const found = findNodeAtLocation(root, [...path]);
  if (value === undefined) return found === undefined ? text : withoutEntry(text, entryOf(found));
  if (found !== undefined) return withValue(text, found, value);
  let depth = path.length - 1;
  let container = findNodeAtLocation(root, path.slice(0, depth));
  for (; container === undefined; container = findNodeAtLocation(root, path.slice(0, depth))) depth -= 1;
  const [key, ...rest] = path.slice(depth);
  return withEntry(text, container, key, nested(rest, value));
}

/** The value inside the objects and lists that `path` leads through. */
function nested(path: JsonPath, value: unknown): unknown {
  return path.reduceRight((inner, key) => (typeof key === "number" ? [inner] : { [key]: inner }), value);
}

const endOf = ({ offset, length }: Node) => offset + length;
const isOnOneLine = (text: string, node: Node) => !text.slice(node.offset, endOf(node)).includes("\n");
const indentAt = (text: string, offset: number) =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset))?.[0] ?? "";
const lineBreakOf = (text: string) => (text.includes("\r\n") ? "\r\n" : "\n");
const indentUnitOf = (text: string) => /^[ \t]+(?=")/m.exec(text)?.[0] ?? "  ";

/** Over several lines, the further ones set in like the first. */
function written(text: string, value: unknown, indent: string): string {
  return JSON.stringify(value, null, indentUnitOf(text)).replaceAll("\n", lineBreakOf(text) + indent);
}

function withValue(text: string, node: Node, value: unknown): string {
  const isShort = isOnOneLine(text, node) && (node.children?.length ?? 0) > 0;
  const now = isShort ? JSON.stringify(value) : written(text, value, indentAt(text, node.offset));
  return text.slice(0, node.offset) + now + text.slice(endOf(node));
}

function withEntry(text: string, container: Node, key: string | number | undefined, value: unknown): string {
  const entry = (json: string) => (typeof key === "string" ? `${JSON.stringify(key)}: ${json}` : json);
  const last = container.children?.at(-1);
  const lineBreak = lineBreakOf(text);
  if (last === undefined) {
    const indent = indentAt(text, container.offset);
    const inner = indent + indentUnitOf(text);
    const close = endOf(container) - 1;
    const comments = text.slice(0, close).trimEnd();
    return (
      comments +
      lineBreak +
      inner +
      entry(written(text, value, inner)) +
      lineBreak +
      indent +
      text.slice(close)
    );
  }
  const end = endOf(last);
  if (isOnOneLine(text, container)) {
    return `${text.slice(0, end)}, ${entry(JSON.stringify(value))}${text.slice(end)}`;
  }
  // A comment that follows the last entry on its line stays with it.
  const at = endOfLine(text, end);
  const indent = indentAt(text, last.offset);
  const added = lineBreak + indent + entry(written(text, value, indent));
  return `${text.slice(0, end)},${text.slice(end, at)}${added}${text.slice(at)}`;
}

function withoutEntry(text: string, entry: Node): string {
  const siblings = entry.parent?.children ?? [];
  const previous = siblings[siblings.indexOf(entry) - 1];
  const end = endOf(entry);
  const commaAfter = commaFrom(text, end);
  if (commaAfter !== null) {
    const blanks = /^[ \t]*/.exec(text.slice(commaAfter + 1))?.[0].length ?? 0;
    const rest = text.slice(end, commaAfter) + text.slice(commaAfter + 1 + blanks);
    return joined(text.slice(0, entry.offset), rest);
  }
  const commaBefore = previous === undefined ? null : commaFrom(text, endOf(previous));
  if (commaBefore === null) return joined(text.slice(0, entry.offset), text.slice(end));
  const between = text.slice(commaBefore + 1, entry.offset);
  const kept = /^[ \t]*$/.test(between) ? "" : between;
  return joined(text.slice(0, commaBefore) + kept, text.slice(end));
}

/** Without the line in which they meet, if nothing is left on it. */
function joined(before: string, after: string): string {
  const lineStart = before.lastIndexOf("\n") + 1;
  if (lineStart === 0 || before.slice(lineStart).trim() !== "") return before + after;
  const rest = after.replace(/^[ \t]+/, "");
  const emptyEnd = /^\r?\n/.exec(rest)?.[0];
  return emptyEnd === undefined ? before + rest : before.slice(0, lineStart) + rest.slice(emptyEnd.length);
}

function commaFrom(text: string, offset: number): number | null {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  const found = scanner.getTokenOffset();
  return text[found] === "," ? found : null;
}

/** Where the line ends on which only comments follow; the offset itself if something else does. */
function endOfLine(text: string, offset: number): number {
  const scanner = createScanner(text);
  scanner.setPosition(offset);
  for (;;) {
    scanner.scan();
    const at = scanner.getTokenOffset();
    if (text[at] === "\n" || text[at] === "\r") return at;
    if (!/[ \t/]/.test(text[at] ?? "")) return offset;
  }
}
