import type { Diff } from "../../main/areas/inspection/contract.ts";

export interface DiffLine {
  readonly kind: "same" | "added" | "removed" | "remark";
  /** Its number in the file: after the change, or before it if it is removed. */
  readonly number: number | null;
  readonly text: string;
}

export type DiffRow =
  | { readonly kind: "line"; readonly key: string; readonly line: DiffLine; readonly changed: Span | null }
  /** Lines of the file that are the same and not part of the diff. */
  | { readonly kind: "gap"; readonly key: string; readonly count: number };

/** The part of a line that differs from its counterpart. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const longestCompared = 2000;

/** Where two lines begin and cease to differ; null when they have too little in common for it to help. */
export function changedSpans(before: string, after: string): { before: Span; after: Span } | null {
  if (before.length > longestCompared || after.length > longestCompared) return null;
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shortest - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  if (start + end < Math.max(before.length, after.length) * 0.3) return null;
  return { before: { from: start, to: before.length - end }, after: { from: start, to: after.length - end } };
}

const kinds: Readonly<Record<string, DiffLine["kind"]>> = { "+": "added", "-": "removed", "\\": "remark" };

/** The lines of a hunk, each with its number. */
export function diffLines({ beforeStart, afterStart, text }: Diff["hunks"][number]): readonly DiffLine[] {
  let before = beforeStart;
  let after = afterStart;
  return text.split("\n").map((signed): DiffLine => {
    const kind = kinds[signed.charAt(0)] ?? "same";
    const line = signed.slice(1);
    if (kind === "remark") return { kind, number: null, text: line.trim() };
    if (kind === "removed") return { kind, number: before++, text: line };
    if (kind === "same") before += 1;
    return { kind, number: after++, text: line };
  });
}

interface Run {
  readonly kind: DiffLine["kind"];
  readonly lines: readonly DiffLine[];
}

function runsOf(lines: readonly DiffLine[]): readonly Run[] {
  const runs: { kind: DiffLine["kind"]; lines: DiffLine[] }[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.kind === line.kind) last.lines.push(line);
    else runs.push({ kind: line.kind, lines: [line] });
  }
  return runs;
}

/** Spans for a run: only where as many lines were added as removed is it clear which became which. */
function spansFor(runs: readonly Run[], at: number): readonly (Span | null)[] {
  const run = runs[at];
  if (run === undefined || (run.kind !== "added" && run.kind !== "removed")) return [];
  const other = run.kind === "removed" ? runs[at + 1] : runs[at - 1];
  const isPair =
    (other?.kind === "added" || other?.kind === "removed") && other.lines.length === run.lines.length;
  if (!isPair) return [];
  return run.lines.map((line, index) => {
    const counterpart = other.lines[index]?.text ?? "";
    const spans =
      run.kind === "removed" ? changedSpans(line.text, counterpart) : changedSpans(counterpart, line.text);
    if (spans === null) return null;
    return run.kind === "removed" ? spans.before : spans.after;
  });
}

/** The rows of a diff: all of its lines, and how many of the file lie between. */
export function diffRows(diff: Diff): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  let nextBefore = 1;
  diff.hunks.forEach((hunk, hunkIndex) => {
    const gap = hunk.beforeStart - nextBefore;
    if (gap > 0) rows.push({ kind: "gap", key: `gap-${hunkIndex}`, count: gap });
    const lines = diffLines(hunk);
    const runs = runsOf(lines);
    runs.forEach((run, runIndex) => {
      const spans = spansFor(runs, runIndex);
      run.lines.forEach((line, index) => {
        const key = `${hunkIndex}-${runIndex}-${index}`;
        rows.push({ kind: "line", key, line, changed: spans[index] ?? null });
      });
    });
    nextBefore = hunk.beforeStart + lines.filter(({ kind }) => kind === "same" || kind === "removed").length;
  });
  return rows;
}
