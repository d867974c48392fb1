import { ToolFailure } from "../failure.ts";
import { indexLines, lineAt } from "./line-index.ts";
import { hasPlaceholder, matchOnLadder } from "./ladder.ts";
import type { Match, Replacement } from "./ladder.ts";
import type { Splice } from "./matching.ts";

export interface EditedText {
  readonly text: string;
  readonly replacements: number;
  readonly strategy: Match["strategy"];
  readonly unescaped: boolean;
  /** The first and last changed line, from 1, in the new text. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Replaces text and leaves everything else as it is: byte-order mark, line endings, also mixed ones. */
export function applyEdit(original: string, { old, replacement, all }: Replacement): EditedText {
  if (old === replacement) throw new ToolFailure("old_string and new_string are the same: nothing to change");
  if (hasPlaceholder(replacement) && !hasPlaceholder(old)) {
    throw new ToolFailure("new_string has a placeholder such as 'rest unchanged'; write the whole text out");
  }
  const bom = original.startsWith("\ufeff") ? "\ufeff" : "";
  const endings = plainNewlines(original.slice(bom.length));
  const match = matchOnLadder(endings.text, {
    old: old.replaceAll("\r\n", "\n"),
    replacement: replacement.replaceAll("\r\n", "\n"),
    all,
  });
  const text =
    bom +
    splice(
      endings.original,
      match.splices.map((one) => endings.toOriginal(one)),
    );
  if (text === original) throw new ToolFailure("the edit would change nothing");
  return {
    text,
    replacements: match.splices.length,
    strategy: match.strategy,
    unescaped: match.unescaped,
    ...changedLines(endings.text, match.splices),
  };
}

function splice(text: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const one of splices) {
    parts.push(text.slice(end, one.start), one.text);
    end = one.end;
  }
  parts.push(text.slice(end));
  return parts.join("");
}

interface Endings {
  readonly original: string;
  /** With plain newlines. */
  readonly text: string;
  /** From the plain text to the original: its offsets, and its prevailing line ending. */
  toOriginal(one: Splice): Splice;
}

function plainNewlines(original: string): Endings {
  const text = original.replaceAll("\r\n", "\n");
  if (text.length === original.length) return { original, text, toOriginal: (one) => one };
  const removed = returnsIn(original);
  const newlines = text.length - text.replaceAll("\n", "").length;
  const prevails = removed.length * 2 >= newlines;
  const offset = (plain: number) => plain + countBelow(removed, plain);
  return {
    original,
    text,
    toOriginal: (one) => ({
      start: offset(one.start),
      end: offset(one.end),
      text: prevails ? one.text.replaceAll("\n", "\r\n") : one.text,
    }),
  };
}

/** For each CRLF, the offset of its newline in the plain text, in order. */
function returnsIn(original: string): number[] {
  const found: number[] = [];
  for (let at = original.indexOf("\r\n"); at >= 0; at = original.indexOf("\r\n", at + 2))
    found.push(at - found.length);
  return found;
}

function countBelow(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function changedLines(text: string, splices: readonly Splice[]): { firstLine: number; lastLine: number } {
  const first = splices[0];
  const last = splices.at(-1);
  if (first === undefined || last === undefined) return { firstLine: 1, lastLine: 1 };
  const growth = splices
    .slice(0, -1)
    .reduce((sum, one) => sum + lineBreaks(one.text) - lineBreaks(text.slice(one.start, one.end)), 0);
  const file = indexLines(text);
  const lastStart = lineAt(file, last.start) + growth;
  const ownBreaks = lineBreaks(last.text.endsWith("\n") ? last.text.slice(0, -1) : last.text);
  return { firstLine: lineAt(file, first.start) + 1, lastLine: lastStart + ownBreaks + 1 };
}

const lineBreaks = (text: string) => text.split("\n").length - 1;

const CONTEXT = 2;
const MAX_LINES = 24;
const MAX_CHARACTERS = 2_000;

/** The lines that changed and two around them, numbered, so that the next edit need not read the file again. */
export function updatedLines({ text, firstLine, lastLine }: EditedText): string {
  const { lines } = indexLines(text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n"));
  const from = Math.max(1, firstLine - CONTEXT);
  const to = Math.min(lines.length, lastLine + CONTEXT, from + MAX_LINES - 1);
  const shown = lines.slice(from - 1, to).map((line, i) => `${from + i}\t${line}`);
  const joined = shown.join("\n");
  return joined.length > MAX_CHARACTERS ? `${joined.slice(0, MAX_CHARACTERS)}…` : joined;
}
