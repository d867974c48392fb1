import { structuredPatch } from "diff";
import type { Diff } from "../contract.ts";
import { visibleText } from "./visible-text.ts";

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
const noNewline = "\\ No newline at end of file";

/** Contract: takes a fraction of a second whatever the texts are, and says so if it can't show all. */
export function textDiff({ path, status, before, after }: TextChange): Diff {
  const shownPath = visibleText(path);
  if (before.includes("\0") || after.includes("\0")) {
    return factsOnly({ path, status, note: `Not text: ${sizes(before, after)}.` });
  }
  const [old, now] = withoutUniformReturns(before, after);
  const compared = status === "created" ? null : compare(old, now);
  if (compared === undefined) return replaced(shownPath, status, old, now);
  const all = compared ?? [wholeHunk(old, now)].filter(({ lines }) => lines.length > 0);
  return limited({ path: shownPath, status, ...counted(all), hunks: all, note: null });
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
    if (text.startsWith("\\")) return { kind: "same", before: null, after: null, text: noNewline };
    return { kind: "same", before: before++, after: after++, text: shown };
  });
  return { beforeStart: hunk.oldStart, afterStart: hunk.newStart, lines };
}

function replaced(path: string, status: Diff["status"], before: string, after: string): Diff {
  const hunk = wholeHunk(before, after);
  const note =
    "Too different to be compared line by line: all of the old text is shown as removed, all of the new as added.";
  const diff = limited({ path, status, ...counted([hunk]), hunks: [hunk], note: null });
  return { ...diff, note: diff.note === null ? note : `${note} ${diff.note}` };
}

function wholeHunk(before: string, after: string): Hunk {
  const lines = [...wholeText(before, "removed"), ...wholeText(after, "added")];
  return { beforeStart: before === "" ? 0 : 1, afterStart: after === "" ? 0 : 1, lines };
}

function wholeText(text: string, kind: "added" | "removed"): Line[] {
  if (text === "") return [];
  const endsWithNewline = text.endsWith("\n");
  const lines = (endsWithNewline ? text.slice(0, -1) : text).split("\n").map((line, i): Line => {
    const shown = visibleText(line, "\t");
    return {
      kind,
      before: kind === "removed" ? i + 1 : null,
      after: kind === "added" ? i + 1 : null,
      text: shown,
    };
  });
  return endsWithNewline ? lines : [...lines, { kind: "same", before: null, after: null, text: noNewline }];
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

function limited(diff: Diff): Diff {
  const total = diff.hunks.reduce((sum, { lines }) => sum + lines.length, 0);
  if (total <= MAX_LINES) return diff;
  let left = MAX_LINES;
  const hunks = diff.hunks.flatMap((hunk) => {
    const lines = hunk.lines.slice(0, left);
    left -= lines.length;
    return lines.length === 0 ? [] : [{ ...hunk, lines }];
  });
  const number = (count: number) => count.toLocaleString("en");
  return {
    ...diff,
    hunks,
    note: `Only the first ${number(MAX_LINES)} of ${number(total)} lines are shown here.`,
  };
}

/** Where every line ends in CRLF, before and after, the returns say nothing; anywhere else they are shown. */
function withoutUniformReturns(before: string, after: string): [string, string] {
  const uniform = (text: string) => !/(^|[^\r])\n/.test(text) && !/\r(?!\n)/.test(text);
  if (!before.includes("\r") && !after.includes("\r")) return [before, after];
  if (!uniform(before) || !uniform(after)) return [before, after];
  return [before.replaceAll("\r\n", "\n"), after.replaceAll("\r\n", "\n")];
}
