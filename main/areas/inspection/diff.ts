import { structuredPatch } from "diff";
import type { Diff } from "./contract.ts";
import { visibleText } from "../../contract/visible-text.ts";

type Hunk = Diff["hunks"][number];
type Line = Hunk["lines"][number];

export interface TextChange {
  readonly path: string;
  readonly status: Diff["status"];
  readonly before: string;
  readonly after: string;
}

const CONTEXT_LINES = 3;
const COMPARE_MS = 150;
const MAX_EDITS = 20_000;
/** More than a person reads, and what a page can still draw. Said in words when it is reached. */
const MAX_LINES = 10_000;
const endsWithoutNewline: Line = {
  kind: "same",
  before: null,
  after: null,
  text: "\\ No newline at end of file",
};

/** Contract: takes a fraction of a second whatever the texts are, and says so if it can't show all. */
export function textDiff({ path, status, before, after }: TextChange): Diff {
  const shownPath = visibleText(path);
  if (before.includes("\0") || after.includes("\0")) {
    return factsOnly({ path, status, note: `Not text: ${sizes(before, after)}.` });
  }
  const [old, now] = withoutUniformReturns(before, after);
  if (status === "created") return wholeTexts(shownPath, status, "", now, null);
  const hunks = compare(old, now);
  if (hunks === undefined) return wholeTexts(shownPath, status, old, now, tooDifferent);
  const lines = hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);
  return { path: shownPath, status, ...counted(hunks), hunks: firstLines(hunks), note: tooLong(lines) };
}

/** A change that can't be shown, in words. */
export function factsOnly({
  path,
  status,
  note,
}: {
  path: string;
  status: Diff["status"];
  note: string;
}): Diff {
  return { path: visibleText(path), status, added: 0, removed: 0, hunks: [], note };
}

export function sizes(before: string, after: string): string {
  const size = (text: string) => `${Buffer.byteLength(text).toLocaleString("en")} bytes`;
  return before === "" ? size(after) : `${size(before)} before, ${size(after)} after`;
}

/** Undefined if the texts differ too much to compare line by line in the time there is. */
function compare(before: string, after: string): Hunk[] | undefined {
  const options = { context: CONTEXT_LINES, timeout: COMPARE_MS, maxEditLength: MAX_EDITS };
  return structuredPatch("", "", before, after, undefined, undefined, options)?.hunks.map(fromPatch);
}

function fromPatch(hunk: { oldStart: number; newStart: number; lines: readonly string[] }): Hunk {
  let before = hunk.oldStart;
  let after = hunk.newStart;
  const lines = hunk.lines.map((text): Line => {
    const shown = visibleText(text.slice(1), "\t");
    if (text.startsWith("+")) return { kind: "added", before: null, after: after++, text: shown };
    if (text.startsWith("-")) return { kind: "removed", before: before++, after: null, text: shown };
    if (text.startsWith("\\")) return endsWithoutNewline;
    return { kind: "same", before: before++, after: after++, text: shown };
  });
  return { beforeStart: hunk.oldStart, afterStart: hunk.newStart, lines };
}

/** All of the old text removed, all of the new added. */
function wholeTexts(
  path: string,
  status: Diff["status"],
  before: string,
  after: string,
  why: string | null,
): Diff {
  const old = splitLines(before);
  const now = splitLines(after);
  const lines = [
    ...allOf(old, "removed", MAX_LINES),
    ...allOf(now, "added", MAX_LINES - Math.min(old.length, MAX_LINES)),
  ];
  const hunk = { beforeStart: Math.min(old.length, 1), afterStart: Math.min(now.length, 1), lines };
  const notes = [why, tooLong(old.length + now.length)].filter((note) => note !== null);
  return {
    path,
    status,
    added: now.length,
    removed: old.length,
    hunks: lines.length === 0 ? [] : [hunk],
    note: notes.length === 0 ? null : notes.join(" "),
  };
}

const tooDifferent =
  "Too different to be compared line by line: all of the old text is shown as removed, all of the new as added.";

/** Each with its newline, if it has one. */
const splitLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function allOf(all: readonly string[], kind: "added" | "removed", max: number): Line[] {
  const lines = all.slice(0, max).map((line, i): Line => {
    const shown = visibleText(line.endsWith("\n") ? line.slice(0, -1) : line, "\t");
    return {
      kind,
      before: kind === "removed" ? i + 1 : null,
      after: kind === "added" ? i + 1 : null,
      text: shown,
    };
  });
  const isWhole = lines.length === all.length && lines.length > 0;
  return isWhole && all.at(-1)?.endsWith("\n") === false ? [...lines, endsWithoutNewline] : lines;
}

function counted(hunks: readonly Hunk[]): { added: number; removed: number } {
  let added = 0;
  let removed = 0;
  for (const { kind } of hunks.flatMap(({ lines }) => lines)) {
    if (kind === "added") added += 1;
    if (kind === "removed") removed += 1;
  }
  return { added, removed };
}

function firstLines(hunks: readonly Hunk[]): Hunk[] {
  let left = MAX_LINES;
  return hunks.flatMap((hunk) => {
    const lines = hunk.lines.slice(0, left);
    left -= lines.length;
    return lines.length === 0 ? [] : [{ ...hunk, lines }];
  });
}

function tooLong(lines: number): string | null {
  const number = (count: number) => count.toLocaleString("en");
  return lines > MAX_LINES
    ? `Only the first ${number(MAX_LINES)} of ${number(lines)} lines are shown here.`
    : null;
}

/** Where every line ends in CRLF, before and after, the returns say nothing; anywhere else they are shown. */
function withoutUniformReturns(before: string, after: string): [string, string] {
  const uniform = (text: string) => !/(^|[^\r])\n/.test(text) && !/\r(?!\n)/.test(text);
  if (!before.includes("\r") && !after.includes("\r")) return [before, after];
  if (!uniform(before) || !uniform(after)) return [before, after];
  return [before.replaceAll("\r\n", "\n"), after.replaceAll("\r\n", "\n")];
}
