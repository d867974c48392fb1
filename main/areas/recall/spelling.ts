/** How many letters may be wrong in a word of this length. */
export function allowedErrors(length: number): number {
  if (length < 3) return 0;
  return length < 6 ? 1 : 2;
}

/**
 * Letters to insert, take away, change, or swap with a neighbour until one word is the other; more than `most` is said
 * as `most + 1`.
 */
export function spellingDistance(a: string, b: string, most: number): number {
  const tooFar = most + 1;
  if (Math.abs(a.length - b.length) > most) return tooFar;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let distance = Math.min(
        (last[column] ?? tooFar) + 1,
        (current[column - 1] ?? tooFar) + 1,
        (last[column - 1] ?? tooFar) + (isSame ? 0 : 1),
      );
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwapped) distance = Math.min(distance, (beforeLast[column - 2] ?? tooFar) + 1);
      current.push(distance);
      least = Math.min(least, distance);
    }
    if (least > most) return tooFar;
    beforeLast = last;
    last = current;
  }
  return Math.min(tooFar, last[b.length] ?? tooFar);
}

export interface KnownWord {
  readonly word: string;
  /** In how many messages it stands. */
  readonly messages: number;
}

/** The words that may have been meant, the nearest first, of these the most usual. */
export function nearestWords(word: string, known: Iterable<KnownWord>, count: number): KnownWord[] {
  const most = allowedErrors(word.length);
  if (most === 0) return [];
  const near: { readonly known: KnownWord; readonly distance: number }[] = [];
  for (const candidate of known) {
    const distance = spellingDistance(word, candidate.word, most);
    if (distance <= most && distance > 0) near.push({ known: candidate, distance });
  }
  return near
    .toSorted((a, b) => a.distance - b.distance || b.known.messages - a.known.messages)
    .slice(0, count)
    .map((each) => each.known);
}
