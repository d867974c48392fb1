import { structuredPatch } from "diff";
import { visibleText } from "../../contract/visible-text.ts";
import { countLines, MAX_BEGINNING, tooLongWords } from "./bounds.ts";
import type { Diff } from "./contract.ts";

type Hunk = Diff["hunks"][number];

export interface TextChange {
  readonly path: string;
  readonly status: Diff["status"];
  readonly before: string;
  readonly after: string;
  /** What is to be known besides. */
  readonly note?: string;
}

export interface ShownChange {
  readonly diff: Diff;
  /** Why not all that would be written can be seen, for the person. */
  readonly unshown?: string;
}

const CONTEXT_LINES = 3;
/** Comparing must not hold up anybody else: what takes longer is shown as a whole. */
const COMPARE_MS = 20;
const MAX_EDITS = 20_000;
/** Of what lies between the first change and the last one. */
const MAX_COMPARED_LINES = 50_000;
const WITHOUT_NEWLINE = "\\ No newline at end of file";

/**
 * Shows a change line by line, every character visible, whatever the texts hold.
 *
 * Contract: takes a fraction of a second, and says so if it can't show all.
 */
export function textDiff({ path, status, before, after, note }: TextChange): ShownChange {
  const facts = { path: visibleText(path), status };
  const [old, now] = withoutUniformReturns(before, after);
  const said = [
    note,
    now === after ? undefined : "Every line ends in a carriage return and a newline.",
  ].filter((one) => one !== undefined);
  const hunks = status === "created" || old === "" ? undefined : compare(old, now);
  if (hunks !== undefined && tooLong(hunks) === undefined) {
    if (hunks.length === 0) said.push("Nothing in it changes.");
    return { diff: { ...facts, ...counted(hunks), hunks, note: said.length === 0 ? null : said.join(" ") } };
  }
  const whole = wholeTexts(old, now);
  const isCompared = status === "created" || old === "";
  const notes = [...said, isCompared ? undefined : tooDifferent, whole.note].filter(
    (one) => one !== undefined,
  );
  const { unshown } = whole;
  return {
    diff: {
      ...facts,
      ...whole.counts,
      hunks: whole.hunks,
      note: notes.length === 0 ? null : notes.join(" "),
    },
    ...(unshown === undefined ? {} : { unshown }),
  };
}

/** A change of which nothing can be shown. */
export function unseenChange(path: string, status: Diff["status"], note: string): ShownChange {
  const diff = { path: visibleText(path), status, added: 0, removed: 0, hunks: [], note: visibleText(note) };
  return { diff, unshown: "What would be written can't be shown. What nobody can read can't be allowed." };
}

/** Undefined if the texts differ too much to compare line by line in the time there is. */
function compare(before: string, after: string): Hunk[] | undefined {
  const { start, beforeEnd, afterEnd } = differingPart(before, after);
  const [old, now] = [before.slice(start, beforeEnd), after.slice(start, afterEnd)];
  if (countLines(old) + countLines(now) > MAX_COMPARED_LINES) return undefined;
  const options = { context: CONTEXT_LINES, timeout: COMPARE_MS, maxEditLength: MAX_EDITS };
  const linesAbove = countLines(before.slice(0, start)) - 1;
  return structuredPatch("", "", old, now, undefined, undefined, options)?.hunks.map((hunk) => {
    const { beforeStart, afterStart, text } = fromPatch(hunk);
    return { beforeStart: beforeStart + linesAbove, afterStart: afterStart + linesAbove, text };
  });
}

/** So many equal lines stay around what differs: those that are shown, and where it could stand as well among repeats. */
const LINES_AROUND = 100;

/** Whole lines from the first that differs to the last, and some around them. */
function differingPart(before: string, after: string) {
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before.charCodeAt(same) === after.charCodeAt(same)) same += 1;
  let alike = 0;
  while (
    alike < shorter - same &&
    before.charCodeAt(before.length - 1 - alike) === after.charCodeAt(after.length - 1 - alike)
  )
    alike += 1;
  let start = same;
  for (let line = 0; line <= LINES_AROUND && start > 0; line += 1) start = lineStart(before, start - 1);
  let beforeEnd = before.length - alike;
  for (let line = 0; line <= LINES_AROUND && beforeEnd < before.length; line += 1) {
    const newline = before.indexOf("\n", beforeEnd);
    beforeEnd = newline < 0 ? before.length : newline + 1;
  }
  return { start, beforeEnd, afterEnd: after.length - (before.length - beforeEnd) };
}

/** Where the line begins that has this character or ends with it. */
const lineStart = (text: string, at: number): number => (at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1);

/** Signs are written as patches have them; only the lines behind them are somebody else's. */
function fromPatch(hunk: { oldStart: number; newStart: number; lines: readonly string[] }): Hunk {
  const text = hunk.lines
    .map((line) =>
      line.startsWith("\\") ? WITHOUT_NEWLINE : line.charAt(0) + visibleText(line.slice(1), "\t"),
    )
    .join("\n");
  return { beforeStart: hunk.oldStart, afterStart: hunk.newStart, text };
}

interface WholeTexts {
  readonly counts: Pick<Diff, "added" | "removed">;
  readonly hunks: Hunk[];
  readonly note?: string;
  readonly unshown?: string;
}

/** All of the old text removed, all of the new added. The new one comes first where there is no room for both. */
function wholeTexts(before: string, after: string): WholeTexts {
  const counts = { added: lineCount(after), removed: lineCount(before) };
  const hunk = (text: string): Hunk[] =>
    text === ""
      ? []
      : [{ beforeStart: Math.min(counts.removed, 1), afterStart: Math.min(counts.added, 1), text }];
  const tooLongAsItIs = tooLongWords({ characters: after.length, lines: counts.added });
  if (tooLongAsItIs !== undefined) {
    // Not made visible only to be thrown away: that takes its time.
    const beginning = beginningOf(signed(after.slice(0, MAX_BEGINNING), "+"));
    return { counts, hunks: hunk(beginning), unshown: tooLongAsItIs };
  }
  const removed = signed(before, "-");
  const added = signed(after, "+");
  const both = [removed, added].filter((text) => text !== "").join("\n");
  if (tooLong(hunk(both)) === undefined) return { counts, hunks: hunk(both) };
  const unshown = tooLong(hunk(added));
  if (unshown === undefined)
    return { counts, hunks: hunk(added), note: "The old text is too long to be shown." };
  return { counts, hunks: hunk(beginningOf(added)), unshown };
}

const tooDifferent =
  "Too different to be compared line by line: all of the old text is shown as removed, all of the new as added.";

/** Each line behind the sign. */
function signed(text: string, sign: "+" | "-"): string {
  if (text === "") return "";
  const isEnded = text.endsWith("\n");
  const lines = visibleText(isEnded ? text.slice(0, -1) : text, "\n\t").replaceAll("\n", `\n${sign}`);
  return `${sign}${lines}${isEnded ? "" : `\n${WITHOUT_NEWLINE}`}`;
}

function beginningOf(text: string): string {
  const end = text.lastIndexOf("\n", MAX_BEGINNING);
  return text.slice(0, end > 0 ? end : MAX_BEGINNING);
}

const lineCount = (text: string): number =>
  text === "" ? 0 : countLines(text) - (text.endsWith("\n") ? 1 : 0);

function counted(hunks: readonly Hunk[]): { added: number; removed: number } {
  const count = (sign: RegExp) => hunks.reduce((sum, { text }) => sum + (text.match(sign)?.length ?? 0), 0);
  return { added: count(/^\+/gm), removed: count(/^-/gm) };
}

function tooLong(hunks: readonly Hunk[]): string | undefined {
  const characters = hunks.reduce((sum, { text }) => sum + text.length, 0);
  const lines = hunks.reduce((sum, { text }) => sum + countLines(text), 0);
  return tooLongWords({ characters, lines });
}

/** Where every line ends in CRLF, before and after, the returns say nothing; anywhere else they are shown. */
function withoutUniformReturns(before: string, after: string): [string, string] {
  const uniform = (text: string) => !/(^|[^\r])\n/.test(text) && !/\r(?!\n)/.test(text);
  if (!before.includes("\r") && !after.includes("\r")) return [before, after];
  if (!uniform(before) || !uniform(after)) return [before, after];
  return [before.replaceAll("\r\n", "\n"), after.replaceAll("\r\n", "\n")];
}
