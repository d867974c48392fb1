/** Of all texts in a value that came from JSON: what it takes to write it, or to keep it, grows with them. */
export function charactersIn(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 1;
  let characters = 1;
  if (Array.isArray(value)) {
    for (const item of value) characters += charactersIn(item);
    return characters;
  }
  // Every event comes by here, and a list of values would have to be made for each part of it.
  for (const key of Object.keys(value)) characters += charactersIn((value as Record<string, unknown>)[key]);
  return characters;
}

/** Where a piece of `most` characters of a text ends that begins at `from`: no character of two units is cut in half. */
export function endOfPiece(text: string, from: number, most: number): number {
  const end = Math.min(from + most, text.length);
  const isInPair = end < text.length && /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(end - 1, end + 1));
  return isInPair ? end - 1 : end;
}
