/**
 * Splits a line the way a shell does, without expanding anything: single quotes keep everything, double quotes keep
 * all but `\"` and `\\`, a backslash keeps the next character. Null when a quote or backslash is left open.
 */
export function splitWords(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (quote === null && /\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (character === quote) {
      quote = null;
    } else if (quote === null && (character === '"' || character === "'")) {
      quote = character;
      word ??= "";
    } else if (character === "\\" && quote !== "'") {
      const next = line.charAt(at + 1);
      if (next === "") return null;
      word = (word ?? "") + (quote === '"' && next !== '"' && next !== "\\" ? `\\${next}` : next);
      at += 1;
    } else {
      word = (word ?? "") + character;
    }
  }
  if (quote !== null) return null;
  if (word !== null) words.push(word);
  return words;
}

/** The first word, quoted or not, and what follows it. Backslashes are ordinary here: patterns are full of them. */
export function takeWord(line: string): { readonly word: string; readonly rest: string } {
  const match = /^(?:"([^"]*)"|'([^']*)'|(\S+))(?:\s([^]*))?$/.exec(line);
  if (match === null) return { word: line, rest: "" };
  return { word: match[1] ?? match[2] ?? match[3] ?? "", rest: match[4] ?? "" };
}
