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
