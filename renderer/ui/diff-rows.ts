import type { Diff } from "../../main/areas/inspection/contract.ts";

type DiffLine = Diff["hunks"][number]["lines"][number];

export type DiffRow =
  | { readonly kind: "line"; readonly key: string; readonly line: DiffLine; readonly changed: Span | null }
  /** Lines of the file that are the same and not part of the diff. */
  | { readonly kind: "gap"; readonly key: string; readonly count: number }
  /** Lines of the diff that are folded away until opened. */
  | { readonly kind: "fold"; readonly key: string; readonly of: DiffLine["kind"]; readonly count: number };

/** The part of a line that differs from its counterpart. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const longestRun = 24;
const keptAtStart = 12;
const keptAtEnd = 4;
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
  if (run === undefined || run.kind === "same") return [];
  const other = run.kind === "removed" ? runs[at + 1] : runs[at - 1];
  const isPair = other !== undefined && other.kind !== "same" && other.lines.length === run.lines.length;
  if (!isPair) return [];
  return run.lines.map((line, index) => {
    const counterpart = other.lines[index]?.text ?? "";
    const spans =
      run.kind === "removed" ? changedSpans(line.text, counterpart) : changedSpans(counterpart, line.text);
    if (spans === null) return null;
    return run.kind === "removed" ? spans.before : spans.after;
  });
}

/** The rows of a diff. Long stretches of one kind are folded; `opened` holds the keys of folds that are not. */
export function diffRows(diff: Diff, opened: ReadonlySet<string>): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  let nextBefore = 1;
  diff.hunks.forEach((hunk, hunkIndex) => {
    const gap = hunk.beforeStart - nextBefore;
    if (gap > 0) rows.push({ kind: "gap", key: `gap-${hunkIndex}`, count: gap });
    const runs = runsOf(hunk.lines);
    runs.forEach((run, runIndex) => {
      const key = `${hunkIndex}-${runIndex}`;
      const spans = spansFor(runs, runIndex);
      const isFolded = run.lines.length > longestRun && !opened.has(key);
      run.lines.forEach((line, index) => {
        if (isFolded && index >= keptAtStart && index < run.lines.length - keptAtEnd) {
          if (index === keptAtStart) {
            const count = run.lines.length - keptAtStart - keptAtEnd;
            rows.push({ kind: "fold", key, of: run.kind, count });
          }
          return;
        }
        rows.push({ kind: "line", key: `${key}-${index}`, line, changed: spans[index] ?? null });
      });
    });
    nextBefore = hunk.beforeStart + hunk.lines.filter((line) => line.kind !== "added").length;
  });
  return rows;
}
