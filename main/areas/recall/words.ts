/**
 * A text as the words it is found by: lower case, without accents, in the order they stand in. The index and the question
 * are cut by this same rule, so what it does to a word can't keep the two apart.
 *
 * Scripts that put no space between words are cut into overlapping pairs of characters, and the last character stands
 * alone once more: so any part of such a text is found, down to a single character.
 */
export interface Word {
  readonly word: string;
  /** Where it stands in the text as it is. */
  readonly start: number;
  readonly end: number;
  /** The last character of a stretch without spaces, which the pair before it has too. */
  readonly isTail: boolean;
}

/** What is longer is no word, but is found by its beginning all the same. */
const MAX_WORD = 40;

const ASCII = /^[\0-\x7f]*$/;
const UNLIKE_PLAIN = /[+#]|[a-zA-Z0-9]{41}/;
const PLAIN_RUN = /[a-z0-9]+/g;
const ASCII_RUN = /[a-z0-9]+(?:\+\+|#(?![a-z0-9]))?/g;
/** `C++` and `C#` are words of their own. */
const RUN = /[\p{L}\p{N}\p{M}]+(?:\+\+|#(?![\p{L}\p{N}]))?|\p{Extended_Pictographic}/gu;
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** A character with the marks above, below and behind it. */
const CLUSTER = /[^\p{M}ﾞﾟ][\p{M}ﾞﾟ]*|[\p{M}ﾞﾟ]+/gu;
const SEPARATOR = /[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}+#]+/u;

/** The signs that make a word of their own, as characters that no tokenizer takes for a gap. */
const spelled = (word: string) => (/[+#]/.test(word) ? word.replaceAll("+", "＋").replace("#", "＃") : word);

/** A word as somebody would type it. */
export const typedWord = (word: string): string => word.replaceAll("＋", "+").replace("＃", "#");

/** Letters that are somebody's spelling of others and have no accent to be taken away. */
const ALIKE: Readonly<Record<string, string>> = {
  ß: "ss",
  ı: "i",
  ł: "l",
  ø: "o",
  đ: "d",
  æ: "ae",
  œ: "oe",
  ς: "σ",
};

function folded(run: string): string {
  return run
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll(/[ßıłøđæœς]/g, (letter) => ALIKE[letter] ?? letter)
    .normalize("NFC");
}

const cut = (word: string) =>
  word.length > MAX_WORD ? word.slice(0, MAX_WORD).replace(/[\ud800-\udbff]$/, "") : word;

/** By far the most texts are like this: what lies between letters and digits is a gap, and no more than that. */
export function isPlain(text: string): boolean {
  return ASCII.test(text) && !UNLIKE_PLAIN.test(text);
}

/** All words of a text, in their order. */
export function wordsIn(text: string): string[] {
  if (ASCII.test(text)) {
    const lower = text.toLowerCase();
    if (!UNLIKE_PLAIN.test(lower)) return lower.match(PLAIN_RUN) ?? [];
    return (lower.match(ASCII_RUN) ?? []).map((run) => cut(spelled(run)));
  }
  return [...placedWords(text)].map(({ word }) => word);
}

/** The same with their places. */
export function* placedWords(text: string): Generator<Word> {
  for (const match of text.matchAll(RUN)) {
    const [run] = match;
    if (ASCII.test(run)) {
      const end = match.index + run.length;
      yield { word: cut(spelled(run.toLowerCase())), start: match.index, end, isTail: false };
    } else if (UNSPACED.test(run)) {
      yield* unspacedWords(run, match.index);
    } else {
      yield* foldedWords(run, match.index);
    }
  }
}

function* foldedWords(run: string, start: number): Generator<Word> {
  const end = start + run.length;
  for (const word of folded(run).split(SEPARATOR)) {
    if (/[^+#]/.test(word)) yield { word: cut(spelled(word)), start, end, isTail: false };
  }
}

/** A stretch may begin or end with letters of another script. */
function* unspacedWords(run: string, offset: number): Generator<Word> {
  let pending = { text: "", start: 0 };
  let last: { readonly word: string; readonly start: number; readonly end: number } | null = null;
  for (const { 0: cluster, index } of run.matchAll(CLUSTER)) {
    const start = offset + index;
    if (!UNSPACED.test(cluster)) {
      if (last !== null) yield { ...last, isTail: true };
      last = null;
      if (pending.text === "") pending = { text: cluster, start };
      else pending = { ...pending, text: pending.text + cluster };
      continue;
    }
    if (pending.text !== "") yield* foldedWords(pending.text, pending.start);
    pending = { text: "", start: 0 };
    const end = start + cluster.length;
    const word = folded(cluster).replaceAll(new RegExp(SEPARATOR, "gu"), "");
    if (last !== null) yield { word: cut(last.word + word), start: last.start, end, isTail: false };
    last = { word, start, end };
  }
  if (last !== null) yield { ...last, isTail: true };
  if (pending.text !== "") yield* foldedWords(pending.text, pending.start);
}
