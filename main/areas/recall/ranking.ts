/** What is known of a message or a memory that was found. */
export interface Found {
  /** How often each term of the question stands in it. */
  readonly frequencies: readonly number[];
  /** The terms stand side by side, in the order they were asked for. */
  readonly isInOrder: boolean;
  /** In words. */
  readonly length: number;
  readonly at: number;
  readonly role: "user" | "assistant" | "tool" | "memory";
  readonly isPinned: boolean;
}

/** The texts among which it was found. They stay as they were for all pages of an answer. */
export interface Among {
  readonly count: number;
  readonly averageLength: number;
  readonly now: number;
}

/** How soon saying a word again stops to count, and how much a long text has to say it more often. */
const SATURATION = 1.2;
const LENGTH_WEIGHT = 0.6;

const DAY_MS = 24 * 3_600_000;
/** What is new counts for this much more, half of it after so many days. */
const NEWNESS = 0.35;
const HALF_LIFE_DAYS = 21;

const SIDE_BY_SIDE = 1.5;
const PINNED = 1.6;
/** A memory was kept on purpose; what a tool printed happened to be there. */
const OF_ROLE = { memory: 1.25, user: 1.05, assistant: 1, tool: 0.8 } as const;

/** How much a term says that stands in so many texts of all. */
export function weightOf(texts: number, count: number): number {
  const known = Math.min(texts, count);
  return Math.log(1 + (count - known + 0.5) / (known + 0.5));
}

/** BM25 of the terms, and more for what is new, pinned or said in these very words. Higher is better. */
export function scoreOf(found: Found, weights: readonly number[], among: Among): number {
  const longer = 1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * found.length) / Math.max(1, among.averageLength);
  let score = 0;
  found.frequencies.forEach((frequency, term) => {
    const counts = (frequency * (SATURATION + 1)) / (frequency + SATURATION * longer);
    score += (weights[term] ?? 0) * counts;
  });
  const days = Math.max(0, among.now - found.at) / DAY_MS;
  const newness = 1 + NEWNESS * 2 ** (-days / HALF_LIFE_DAYS);
  const order = found.isInOrder ? SIDE_BY_SIDE : 1;
  return score * newness * order * (found.isPinned ? PINNED : 1) * OF_ROLE[found.role];
}

/**
 * How good an order of answers is: 1 if none could be better, 0 if it holds nothing of use. Normalised discounted
 * cumulative gain of the first so many.
 *
 * @param grades of the answers in their order: 0 is of no use
 * @param all grades that there are to be had
 */
export function ndcg(grades: readonly number[], all: readonly number[], first = 10): number {
  const gain = (row: readonly number[]) =>
    row.slice(0, first).reduce((sum, grade, place) => sum + (2 ** grade - 1) / Math.log2(place + 2), 0);
  const best = gain(all.toSorted((a, b) => b - a));
  return best === 0 ? 1 : gain(grades) / best;
}
