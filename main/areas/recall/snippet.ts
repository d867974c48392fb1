import { findTerms } from "./occurrences.ts";
import type { Term } from "./query.ts";
import { placedWords, type Word } from "./words.ts";

export interface SnippetPart {
  readonly text: string;
  readonly isHit: boolean;
}

export interface Snippet {
  readonly parts: readonly SnippetPart[];
  /** Whether the text goes on before and after. */
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
}

interface Hit {
  readonly term: number;
  /** Numbers of words. */
  readonly first: number;
  readonly last: number;
}

/** What is beyond is not looked at: a snippet of the beginning will do. */
const MAX_WORDS = 100_000;
const MAX_HITS = 1_000;
/** So that a text without a gap is no snippet of any length. */
const MAX_CHARACTERS = 600;

/** The part of a text with the most of what was asked for, in so many words, as it is written there. */
export function snippetOf(text: string, terms: readonly Term[], size: number): Snippet {
  const placed = wordsUntilAllFound(text, terms, size);
  const hits = hitsIn(placed, terms);
  const { from, to } = bestWindow(hits, placed.length, size);
  const isCutBefore = from > 0;
  const start = isCutBefore ? (placed[from]?.start ?? 0) : 0;
  const next = placed[to];
  const last = placed[to - 1];
  // What stands behind the last word belongs to it, up to the next one.
  const wanted = next === undefined ? text.length : (last?.end ?? text.length);
  const end = Math.min(wanted, start + MAX_CHARACTERS);
  const spans = hits
    .filter(({ first, last: end }) => first >= from && end < to)
    .map(({ first, last: end }) => ({ start: placed[first]?.start ?? 0, end: placed[end]?.end ?? 0 }));
  return { parts: marked(text, start, end, spans), isCutBefore, isCutAfter: end < text.length };
}

function wordsUntilAllFound(text: string, terms: readonly Term[], size: number): Word[] {
  const placed: Word[] = [];
  let checked = 0;
  const seen = new Set<number>();
  for (const word of placedWords(text)) {
    placed.push(word);
    if (placed.length >= MAX_WORDS) break;
    if (placed.length - checked < 256 + size) continue;
    const fresh = placed.slice(checked).map((each) => each.word);
    findTerms(fresh, terms, (term) => void seen.add(term));
    if (seen.size === terms.length) break;
    checked = placed.length - size;
  }
  return placed;
}

function hitsIn(placed: readonly Word[], terms: readonly Term[]): Hit[] {
  const hits: Hit[] = [];
  const words = placed.map(({ word }) => word);
  findTerms(words, terms, (term, at) => {
    if (hits.length >= MAX_HITS) return;
    hits.push({ term, first: at, last: at + (terms[term]?.words.length ?? 1) - 1 });
  });
  return hits;
}

/** The first of those with the most different terms in it, with as much before it as behind. */
function bestWindow(hits: readonly Hit[], count: number, size: number): { from: number; to: number } {
  let best = { terms: 0, first: 0, last: 0 };
  hits.forEach((hit, number) => {
    const terms = new Set<number>();
    let last = hit.last;
    for (const other of hits.slice(number)) {
      if (other.first >= hit.first + size) break;
      if (other.last >= hit.first + size) continue;
      terms.add(other.term);
      last = Math.max(last, other.last);
    }
    if (terms.size > best.terms) best = { terms: terms.size, first: hit.first, last };
  });
  const spare = Math.max(0, size - (best.last - best.first + 1));
  const from = Math.max(0, Math.min(best.first - Math.floor(spare / 2), count - size));
  return { from, to: Math.min(count, from + size) };
}

function marked(
  text: string,
  start: number,
  end: number,
  spans: readonly { readonly start: number; readonly end: number }[],
): SnippetPart[] {
  const parts: SnippetPart[] = [];
  const add = (from: number, to: number, isHit: boolean) => {
    if (to > from) parts.push({ text: text.slice(from, to).replace(/[\ud800-\udbff]$/, ""), isHit });
  };
  let at = start;
  const sorted = spans.toSorted((a, b) => a.start - b.start);
  for (let number = 0; number < sorted.length; number += 1) {
    const span = sorted[number];
    if (span === undefined || span.start >= end) break;
    let spanEnd = span.end;
    // Pairs of characters overlap; they are one highlight.
    for (let next = sorted[number + 1]; next !== undefined && next.start < spanEnd;) {
      spanEnd = Math.max(spanEnd, next.end);
      number += 1;
      next = sorted[number + 1];
    }
    add(at, Math.max(at, span.start), false);
    add(Math.max(at, span.start), Math.min(end, spanEnd), true);
    at = Math.max(at, Math.min(end, spanEnd));
  }
  add(at, end, false);
  return parts;
}
