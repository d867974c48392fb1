export interface Row {
  readonly what: string;
  readonly value: number;
  readonly floor: number | null;
  readonly bar: number | null;
  readonly bound: "most" | "least";
  readonly format: (value: number) => string;
}

/** Only measures: a figure beyond its bar is marked, nothing fails. */
export function printTable(rows: readonly Row[]): void {
  const cells = rows.map((row) => [
    row.what,
    Number.isNaN(row.value) ? "not measured" : row.format(row.value),
    row.floor === null ? "" : row.format(row.floor),
    row.bar === null ? "" : row.format(row.bar),
    verdict(row),
  ]);
  const all = [["what", "ours", "floor", "bar", ""], ...cells];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  for (const line of all) {
    const padded = line.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
    );
    process.stdout.write(`${padded.join("  ").trimEnd()}\n`);
  }
}

function verdict({ value, bar, bound }: Row): string {
  if (bar === null || Number.isNaN(value)) return "";
  const isMet = bound === "most" ? value <= bar : value >= bar;
  return isMet ? "met" : "MISSED";
}
