/** Scripts that have letters which look like those of another one. What comes first is what a mixed word is taken for. */
const confusedScripts = ["Latin", "Cyrillic", "Greek", "Armenian", "Cherokee", "Coptic", "Lisu", "Deseret"];

/** The lowest bits: of which of the confused scripts it is. */
export const ANY_SCRIPT = 0xff;
export const LATIN = 1;
const LOOKED_UP = 1 << 8;
/** A letter, a mark or a number: what words are made of. */
export const WORD = 1 << 9;
export const NUMBER = 1 << 10;
/** A letter of another script that passes for a Latin one. */
export const PASSES_FOR_LATIN = 1 << 11;
/** Not a letter of another script, and looks like a plain character all the same. */
export const DISGUISED = 1 << 12;
/** Not seen, or changes how others are seen. */
export const HIDDEN = 1 << 13;

const latinLookAlikes = /[аԁеһіјӏорԛѕтԝсхуүАВСЕНІЈКМОРЅТХҮԌԚԜαικνορυϲχΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹաոսցօյքԱՍՏՕ]/u;

/**
 * Signs that look like one of ASCII (slashes, colons, dots, hyphens), and letters of the Latin script itself that do. En
 * and em dashes are not among them: they are longer.
 */
const signs =
  /[\u2044\u2215\u29f8\u2571\u27cb\u2236\u02d0\u0589\ua789\u02d1\u037e\u2024\u2010\u2011\u2212\u2043\ufe58\ufe63\uff0d\u01c3\u01c0\u0251\u0261\u0269]/u;

/** A letter or digit that is a plain one in another dress: fullwidth, mathematical, long s. */
const dresses =
  /[\u00aa\u00ba\u017f\u02b0-\u02b8\u1d2c-\u1d6a\u2071\u207f\u2090-\u209c\u2102\u2107\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212a-\u212d\u212f-\u2139\u2145-\u2149\u2160-\u217f\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d7ff}\u{1fbf0}-\u{1fbf9}]/u;

/**
 * Controls, format characters (bidi, zero-width, tags), lone surrogates, private use, blanks that are not the plain one,
 * fillers, variation selectors, and marks that combine with any letter. Those that a script cannot be written without
 * stay.
 */
const hidden = new RegExp(
  [
    String.raw`\p{Cc}|\p{Cf}|\p{Cs}|\p{Co}|\p{Zl}|\p{Zp}|\p{Noncharacter_Code_Point}|\p{Variation_Selector}`,
    String.raw`[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]`,
    String.raw`\p{Me}|(?=\p{M})(?!\p{scx=Arabic}|\p{scx=Syriac}|\p{scx=Devanagari}|\p{scx=Bengali})\p{sc=Inherited}`,
    String.raw`[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u{13441}\u{13442}\u{16fe4}\u{1d159}]`,
  ].join("|"),
  "u",
);

const ofScript = confusedScripts.map((script) => new RegExp(String.raw`\p{sc=${script}}`, "u"));
const ofAnyScript = new RegExp(
  `[${confusedScripts.map((script) => String.raw`\p{sc=${script}}`).join("")}]`,
  "u",
);

const byProperty: readonly (readonly [flag: number, property: RegExp])[] = [
  [WORD, /[\p{L}\p{M}\p{N}]/u],
  [NUMBER, /\p{N}/u],
  [PASSES_FOR_LATIN, latinLookAlikes],
  [DISGUISED, signs],
  [DISGUISED, dresses],
  [HIDDEN, hidden],
];

/** One place for each code point; the system gives memory only to those that are met. */
const lookedUp = new Uint16Array(0x110000);

/**
 * What is known of a character, as the bits above. Each is looked up once: asking regular expressions anew, for every
 * character of a long text, takes longer than anything may hold the main thread.
 */
export function factsOf(codePoint: number): number {
  const known = lookedUp[codePoint] ?? 0;
  if (known !== 0) return known;
  const character = String.fromCodePoint(codePoint);
  let facts = LOOKED_UP;
  for (const [flag, property] of byProperty) if (property.test(character)) facts |= flag;
  if (ofAnyScript.test(character))
    ofScript.forEach((script, index) => (facts |= script.test(character) ? 1 << index : 0));
  lookedUp[codePoint] = facts;
  return facts;
}
