import stringWidth from "string-width";

export interface Column {
  readonly title: string;
  readonly align?: "right";
}

/** Aligned columns with two blanks between them; the last one is as long as its text. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, i) =>
    Math.max(stringWidth(title), ...rows.map((row) => stringWidth(row[i] ?? ""))),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, i) => {
        const cell = cells[i] ?? "";
        const padding = " ".repeat((widths[i] ?? 0) - stringWidth(cell));
        return align === "right" ? padding + cell : cell + padding;
      })
      .join("  ")
      .trimEnd();
  return `${[line(columns.map(({ title }) => title)), ...rows.map(line)].join("\n")}\n`;
}

/** Labels and values below one another. */
export function formatFacts(facts: readonly (readonly [label: string, value: string])[]): string {
  const width = Math.max(...facts.map(([label]) => stringWidth(label)));
  return facts.map(([label, value]) => `${label.padEnd(width)}  ${value}\n`).join("");
}
