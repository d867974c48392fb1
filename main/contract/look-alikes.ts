import { ANY_SCRIPT, DISGUISED, factsOf, LATIN, NUMBER, PASSES_FOR_LATIN, WORD } from "./character-facts.ts";
import { rewriteWhere, type Rewrite } from "./rewrite-where.ts";

const beyondAscii = /[^\0-\x7f]/;
const blank = /\s/;
const NEAR = 200;

/** A word of which characters are marked: those of every confused script but `own`. */
interface Suspect {
  readonly at: number;
  readonly end: number;
  readonly own: number;
}

/** A word that passes for a Latin one although no letter of it is. */
interface LookAlike {
  readonly at: number;
  readonly end: number;
  /** The stretch without blanks around it. */
  readonly stretch: number;
}

/** What the words of a text are, from its first to its last. */
interface Words {
  readonly mixed: readonly Suspect[];
  readonly lookAlikes: readonly LookAlike[];
  /** Stretches without blanks that hold letters or digits of ASCII, or what paths and addresses are made with. */
  readonly plainStretches: ReadonlySet<number>;
  /** Where there are words of another script that can't be taken for Latin ones. */
  readonly foreign: readonly number[];
}

const isAsciiSign = (code: number): boolean =>
  code < 0x80 && ((factsOf(code) & WORD) !== 0 || code === 0x2f || code === 0x5c || code === 0x40);

const isBlank = (code: number): boolean =>
  code === 0x20 || code === 0x0a || blank.test(String.fromCodePoint(code));

/** Looks at each character once. */
function wordsIn(text: string): Words {
  const mixed: Suspect[] = [];
  const lookAlikes: LookAlike[] = [];
  const plainStretches = new Set<number>();
  const foreign: number[] = [];
  let stretch = 0;
  let plainStretch = -1;
  let start = -1;
  /** What is so of one character of the word at least, and of all of them. */
  let some = 0;
  let all = ~0;
  let isScriptOnly = true;
  const endWord = (end: number) => {
    const scripts = some & ANY_SCRIPT;
    const own = scripts & -scripts;
    if (scripts !== own) mixed.push({ at: start, end, own });
    else if (end - start < 2 || own === LATIN) return;
    else if ((all & PASSES_FOR_LATIN) !== 0) lookAlikes.push({ at: start, end, stretch });
    else if (own !== 0 && isScriptOnly) foreign.push(start);
  };
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at) ?? 0;
    const facts = factsOf(code);
    if (stretch !== plainStretch && isAsciiSign(code)) {
      plainStretch = stretch;
      plainStretches.add(stretch);
    }
    if ((facts & WORD) !== 0) {
      if (start < 0) {
        start = at;
        some = 0;
        all = ~0;
        isScriptOnly = true;
      }
      some |= facts;
      all &= facts;
      isScriptOnly &&= (facts & (ANY_SCRIPT | NUMBER)) !== 0;
    } else {
      if (start >= 0) endWord(at);
      start = -1;
      if (isBlank(code)) stretch = at;
    }
    at += code > 0xffff ? 2 : 1;
  }
  if (start >= 0) endWord(text.length);
  return { mixed, lookAlikes, plainStretches, foreign };
}

/**
 * `раураӏ.com`: beside letters of ASCII, or with no word of another language near, it is none of that language. In a
 * sentence of that language it is.
 */
function standingForLatin({ lookAlikes, plainStretches, foreign }: Words): Suspect[] {
  let next = 0;
  return lookAlikes.flatMap(({ at, end, stretch }) => {
    while ((foreign[next] ?? Infinity) < at - NEAR) next += 1;
    const isAmongItsOwn = (foreign[next] ?? Infinity) < end + NEAR;
    return isAmongItsOwn && !plainStretches.has(stretch) ? [] : [{ at, end, own: 0 }];
  });
}

/**
 * Rewrites each character that looks like another one, and may be meant to.
 *
 * Contract: takes time in proportion to the text.
 */
export function markLookAlikes(text: string, mark: Rewrite): string {
  if (!beyondAscii.test(text)) return text;
  const words = wordsIn(text);
  const suspects = [...words.mixed, ...standingForLatin(words)].toSorted((a, b) => a.at - b.at);
  let next = 0;
  return rewriteWhere(
    text,
    (code, at) => {
      const facts = factsOf(code);
      if ((facts & DISGUISED) !== 0) return true;
      while ((suspects[next]?.end ?? Infinity) <= at) next += 1;
      const suspect = suspects[next];
      if (suspect === undefined || at < suspect.at) return false;
      const script = facts & ANY_SCRIPT;
      return script !== 0 && script !== suspect.own;
    },
    mark,
  );
}
