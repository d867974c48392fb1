export interface TextRow {
  /** Number of the line from 1; null where a line goes on. */
  readonly line: number | null;
  readonly text: string;
}

/** A line longer than this is drawn as several rows: laying out one endless line would hold up the page. */
export const longestRow = 4000;

const isLowSurrogate = (code: number) => code >= 0xdc00 && code <= 0xdfff;

/** Text as rows to draw. Joined, the rows of a line are that line: nothing is left out and no pair is torn. */
export function textRows(text: string): readonly TextRow[] {
  const rows: TextRow[] = [];
  text.split("\n").forEach((line, index) => {
    let from = 0;
    do {
      let to = Math.min(line.length, from + longestRow);
      if (to < line.length && isLowSurrogate(line.charCodeAt(to))) to -= 1;
      rows.push({ line: from === 0 ? index + 1 : null, text: line.slice(from, to) });
      from = to;
    } while (from < line.length);
  });
  return rows;
}

const integer = new Intl.NumberFormat();
/** "1 line", "12,345 lines". */
export const counted = (value: number, one: string, many = `${one}s`) =>
  `${integer.format(value)} ${value === 1 ? one : many}`;
