/** Scripts that have letters which look like those of another one. What comes first is what a mixed word is taken for. */
const confusedScripts = ["Latin", "Cyrillic", "Greek", "Armenian", "Cherokee", "Coptic", "Lisu", "Deseret"];
const ofScript = confusedScripts.map((script) => new RegExp(String.raw`\p{sc=${script}}`, "u"));
const ofOneScript = new RegExp(
  `^(?:${confusedScripts.map((script) => String.raw`[\p{sc=${script}}\p{N}]+`).join("|")})$`,
  "u",
);
const anyOfThem = new RegExp(
  `[${confusedScripts.map((script) => String.raw`\p{sc=${script}}`).join("")}]`,
  "u",
);

/** Words that read as Latin ones although no letter of them is. */
const readsAsLatin = /^[аԁеһіјӏорԛѕтԝсхуүАВСЕНІЈКМОРЅТХҮԌԚԜαικνορυϲχΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹաոսցօյքԱՍՏՕ]{2,}$/u;

/**
 * Signs that look like one of ASCII (slashes, colons, dots, hyphens), and letters of the Latin script itself that do. En
 * and em dashes are not among them: they are longer.
 */
const signs =
  /[\u2044\u2215\u29f8\u2571\u27cb\u2236\u02d0\u0589\ua789\u02d1\u037e\u2024\u2010\u2011\u2212\u2043\ufe58\ufe63\uff0d\u01c3\u01c0\u0251\u0261\u0269]/gu;

/** A letter or digit that is a plain one in another dress: fullwidth, mathematical, long s. */
const dresses =
  /[\u00aa\u00ba\u017f\u02b0-\u02b8\u1d2c-\u1d6a\u2071\u207f\u2090-\u209c\u2102\u2107\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212a-\u212d\u212f-\u2139\u2145-\u2149\u2160-\u217f\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d7ff}\u{1fbf0}-\u{1fbf9}]/gu;

const word = /[\p{L}\p{M}\p{N}]+/gu;
const beyondAscii = /[^\0-\x7f]/;

/** So many words of a text are looked at closely; beyond them each is taken for the worse. */
const MAX_CLOSE_LOOKS = 2_000;
const NEAR = 200;

/** `раураӏ.com`: beside letters of ASCII it is no word of another language. In a sentence of that language it is. */
function standsForLatin(found: string, at: number, text: string): boolean {
  const end = at + found.length;
  const before = /\S*$/.exec(text.slice(Math.max(0, at - NEAR), at))?.[0] ?? "";
  const after = /^\S*/.exec(text.slice(end, end + NEAR))?.[0] ?? "";
  if (/[A-Za-z0-9/\\@]/.test(before + after)) return true;
  const around = text.slice(Math.max(0, at - NEAR), end + NEAR).match(word) ?? [];
  return !around.some((other) => other.length > 1 && ofOneScript.test(other) && isOwnWord(other));
}

const isOwnWord = (other: string): boolean =>
  beyondAscii.test(other) && ofScript[0]?.test(other) === false && !readsAsLatin.test(other);

const markWhere = (found: string, isMeant: (character: string) => boolean, mark: Mark): string =>
  Array.from(found, (character) => (isMeant(character) ? mark(character) : character)).join("");

type Mark = (character: string) => string;

/** A word of several scripts: what is not of the one it is taken for is marked. */
function markMixed(found: string, mark: Mark): string {
  const scripts = ofScript.filter((script) => script.test(found));
  const [own] = scripts;
  if (own === undefined || scripts.length < 2) return found;
  return markWhere(found, (character) => anyOfThem.test(character) && !own.test(character), mark);
}

/** Rewrites each character that looks like another one, and may be meant to. */
export function markLookAlikes(text: string, mark: Mark): string {
  if (!beyondAscii.test(text)) return text;
  let closeLooks = 0;
  const marked = text.replace(word, (found, at: number) => {
    if (!beyondAscii.test(found)) return found;
    if (!ofOneScript.test(found)) return markMixed(found, mark);
    if (!readsAsLatin.test(found)) return found;
    closeLooks += 1;
    const isBad = closeLooks > MAX_CLOSE_LOOKS || standsForLatin(found, at, text);
    return isBad ? markWhere(found, (character) => beyondAscii.test(character), mark) : found;
  });
  return marked.replace(dresses, mark).replace(signs, mark);
}
