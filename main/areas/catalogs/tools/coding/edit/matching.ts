import { distance } from "fastest-levenshtein";
import { ToolFailure } from "../failure.ts";
import { indexLines, lineAt } from "./line-index.ts";
import type { LineIndex } from "./line-index.ts";

export const strategies = ["exact", "trailing-space", "indentation", "punctuation", "block-anchor"] as const;
export type Strategy = (typeof strategies)[number];

const MAX_REPLACED = 2 * 1024 * 1024;

/** A piece of the text to be replaced, and by what. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** All places where `old` is found by one strategy, in order and apart from each other. */
export function findMatches(
  strategy: Strategy,
  file: LineIndex,
  text: string,
  old: string,
  replacement: string,
): Splice[] {
  const at = placesOf(strategy, file, text, old);
  // More than a file may hold: none of it is put together, or the memory would be gone before the size is looked at.
  if (at.length > 1 && at.length * replacement.length > MAX_REPLACED) throw tooLarge(at.length);
  switch (strategy) {
    case "exact":
      return at.map((start) => ({ start, end: start + old.length, text: replacement }));
    case "indentation": {
      let room = MAX_REPLACED;
      return at.map((line) => {
        const indented = indentedAs(file, line, old, replacement, room);
        if (indented === null) throw tooLarge(at.length);
        room -= indented.length;
        return spliceAt(file, text, old, line, indented);
      });
    }
    case "trailing-space":
    case "punctuation":
    case "block-anchor":
      return at.map((line) => spliceAt(file, text, old, line, replacement));
  }
}

const tooLarge = (places: number) =>
  new ToolFailure(`the edited file would be too large: old_string is in ${places} places`);

/** Offsets for `exact`, lines for all others. */
function placesOf(strategy: Strategy, file: LineIndex, text: string, old: string): number[] {
  switch (strategy) {
    case "exact":
      return exact(text, old);
    case "trailing-space":
      return byLines(file, old, (line) => line.trimEnd());
    case "indentation":
      return byLines(file, old, (line) => line.trim());
    case "punctuation":
      return byLines(file, old, (line) => folded(line).trimEnd());
    case "block-anchor":
      return byAnchors(file, old);
  }
}

function exact(text: string, old: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + old.length)) {
    found.push(at);
  }
  return found;
}

/** First lines of the places where all lines are the same once normalized. One search over the joined text. */
function byLines(file: LineIndex, old: string, normalize: (line: string) => string): number[] {
  const wanted = indexLines(old).lines.map(normalize);
  if (wanted.every((line) => line === "")) return [];
  const haystack = `\n${file.lines.map(normalize).join("\n")}\n`;
  const needle = `\n${wanted.join("\n")}\n`;
  const index = indexLines(haystack);
  const found: number[] = [];
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + needle.length - 1)) {
    found.push(lineAt(index, at + 1) - 1);
  }
  return found;
}

/** Whole lines. The newline behind the last is part of it only if `old` ended with one. */
function spliceAt(file: LineIndex, text: string, old: string, line: number, replacement: string): Splice {
  const start = file.starts[line] ?? 0;
  const next = file.starts[line + indexLines(old).lines.length] ?? text.length;
  const end = !old.endsWith("\n") && text[next - 1] === "\n" ? next - 1 : next;
  return { start, end, text: replacement };
}

const indentOf = (line: string) => /^[ \t]*/.exec(line)?.[0] ?? "";

/** Moves the replacement from the indentation that was asked for to the one that is there. Null if it has no room. */
function indentedAs(
  file: LineIndex,
  at: number,
  old: string,
  replacement: string,
  room: number,
): string | null {
  const asked = indexLines(old).lines;
  const anchor = asked.findIndex((line) => line.trim() !== "");
  const from = indentOf(asked[anchor] ?? "");
  const to = indentOf(file.lines[at + anchor] ?? "");
  if (from === to) return replacement;
  const lines = replacement.split("\n");
  if (replacement.length + lines.length * to.length > room) return null;
  return lines
    .map((line) => (line.trim() === "" || !line.startsWith(from) ? line : to + line.slice(from.length)))
    .join("\n");
}

const folds: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201a\u201b\u2032]/g, "'"],
  [/[\u201c\u201d\u201e\u201f\u2033]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, "-"],
  [/\u2026/g, "..."],
  [/[\u00a0\u2002-\u200a\u202f\u205f\u3000]/g, " "],
];

const folded = (line: string) => folds.reduce((text, [pattern, plain]) => text.replace(pattern, plain), line);

const MIN_ANCHORED_LINES = 3;
const MIN_LIKENESS = 0.6;
const COMPARED_CHARACTERS = 300;
/** Beyond this a likeness means little and takes long. */
const MAX_ANCHORED_LINES = 400;
const MAX_CANDIDATES = 50;

/** First and last line are the same, and those between are alike on average. */
function byAnchors(file: LineIndex, old: string): number[] {
  const wanted = indexLines(old).lines.map((line) => line.trim());
  const first = wanted[0] ?? "";
  const last = wanted.at(-1) ?? "";
  if (wanted.length < MIN_ANCHORED_LINES || wanted.length > MAX_ANCHORED_LINES || first === "" || last === "")
    return [];
  const found: number[] = [];
  let candidates = 0;
  for (let at = 0; at + wanted.length <= file.lines.length && candidates < MAX_CANDIDATES; at += 1) {
    if (file.lines[at]?.trim() !== first || file.lines[at + wanted.length - 1]?.trim() !== last) continue;
    candidates += 1;
    if (likeness(file, at, wanted) < MIN_LIKENESS) continue;
    found.push(at);
    at += wanted.length - 1;
  }
  return found;
}

function likeness(file: LineIndex, at: number, wanted: readonly string[]): number {
  const between = wanted.slice(1, -1);
  const scores = between.map((line, i) => {
    const a = line.slice(0, COMPARED_CHARACTERS);
    const b = (file.lines[at + 1 + i] ?? "").trim().slice(0, COMPARED_CHARACTERS);
    const longest = Math.max(a.length, b.length);
    return longest === 0 ? 1 : 1 - distance(a, b) / longest;
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
