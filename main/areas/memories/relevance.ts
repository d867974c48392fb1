/** Words that are in every other sentence tell nothing about what it is about. */
const COMMON = new Set(
  (
    "about after again all also and any are because been before being but can could did does doing done down each " +
    "every few for from get give good had has have her here him his how into its just know let like look made make " +
    "many may more most much must need new next not now off one only other our out over own please put same see she " +
    "should show some still such take tell than that the their them then there these they thing this those through " +
    "too two under use used using very want was way well were what when where which while who why will with would " +
    "you your"
  ).split(" "),
);

const MAX_PROMPT = 4_000;
const MAX_WORDS = 24;
const MIN_LENGTH = 3;
/** From this length on a word is found by its beginning: "deploy" in "deployment". */
const PREFIX_LENGTH = 5;
const MAX_LOOKED_AT = 4_000;

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

/** What a prompt is about: its rarer words, the longest first, for long words are rare. */
export function wordsOfPrompt(prompt: string): readonly string[] {
  const words = wordsIn(prompt.slice(0, MAX_PROMPT)).filter(
    (word) => word.length >= MIN_LENGTH && !COMMON.has(word),
  );
  return [...new Set(words)].toSorted((a, b) => b.length - a.length).slice(0, MAX_WORDS);
}

/** An FTS5 query for rows with any of them; null without words. */
export function queryForAny(words: readonly string[]): string | null {
  if (words.length === 0) return null;
  return words.map((word) => `"${word}"${word.length >= PREFIX_LENGTH ? "*" : ""}`).join(" OR ");
}

/**
 * The words of a prompt that are in a text, if they are enough to say that the text is about the same: two of them, or
 * all of a prompt that has but one, or one so long that it says it alone. Null if they are not.
 */
export function sharedWords(words: readonly string[], text: string): readonly string[] | null {
  const there = new Set(wordsIn(text.slice(0, MAX_LOOKED_AT)));
  const begins = (word: string) =>
    word.length >= PREFIX_LENGTH && [...there].some((one) => one.startsWith(word));
  const shared = words.filter((word) => there.has(word) || begins(word));
  const isEnough =
    shared.length >= 2 || (shared.length === 1 && (words.length === 1 || isTelling(shared[0])));
  return isEnough ? shared : null;
}

const isTelling = (word = "") => word.length >= 9;
