export interface Row {
  readonly what: string;
  readonly value: number;
  readonly floor: number | null;
  /** Another daemon of the same protocol, where one was named. */
  readonly other?: number | null;
  readonly bar: number | null;
  readonly bound: "most" | "least";
  readonly format: (value: number) => string;
}

/** Only measures: a figure beyond its bar is marked, nothing fails. */
export function printTable(rows: readonly Row[]): void {
  const hasOther = rows.some(({ other }) => typeof other === "number");
  const heads = ["what", "ours", "floor", "of floor", ...(hasOther ? ["other", "of other"] : []), "bar", ""];
  const cells = rows.map((row) => [
    row.what,
    said(row, row.value),
    said(row, row.floor),
    speed(row, row.floor),
    ...(hasOther ? [said(row, row.other), speed(row, row.other)] : []),
    said(row, row.bar),
    verdict(row),
  ]);
  const all = [heads, ...cells];
  const widths = heads.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  for (const line of all) {
    const padded = line.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
    );
    process.stdout.write(`${padded.join("  ").trimEnd()}\n`);
  }
}

function said(row: Row, value: number | null | undefined): string {
  if (value === null || value === undefined) return "";
  return Number.isNaN(value) ? "not measured" : row.format(value);
}

/** How fast we are in terms of the other: 1.00 is as fast, more is faster. */
function speed({ value, bound }: Row, than: number | null | undefined): string {
  if (than === null || than === undefined) return "";
  return (bound === "most" ? than / value : value / than).toFixed(2);
}

function verdict({ value, bar, bound }: Row): string {
  if (bar === null || Number.isNaN(value)) return "";
  const isMet = bound === "most" ? value <= bar : value >= bar;
  return isMet ? "met" : "MISSED";
}
