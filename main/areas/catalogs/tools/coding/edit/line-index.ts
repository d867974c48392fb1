/** Lines of a text and where they begin. The last line is what follows the last newline, if anything does. */
export interface LineIndex {
  readonly lines: readonly string[];
  /** Offset of each line; one more than there are lines, for the end of the text. */
  readonly starts: readonly number[];
}

export function indexLines(text: string): LineIndex {
  const lines = (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1);
  starts[lines.length] = text.length;
  return { lines, starts };
}

/** The line, counted from 0, that an offset is in. */
export function lineAt({ starts }: LineIndex, offset: number): number {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}
