import type { RecallHit, RecallQuestion } from "./contract.ts";
import { readCursor, writeCursor, type Cursor } from "./cursor.ts";
import { filteredMatch, matchOf } from "./match.ts";
import { countTerms } from "./occurrences.ts";
import { parseQuery, wantedTerms, type Query, type Term } from "./query.ts";
import { scoreOf, weightOf, type Found } from "./ranking.ts";
import { snippetOf } from "./snippet.ts";
import { allowedErrors, nearestWords } from "./spelling.ts";
import type { DocRange, Finder, FoundDoc } from "./store/finder.ts";
import { filterWords } from "./store/filter-words.ts";
import type { HistorySource, ShownDoc } from "./store/source.ts";
import { typedWord, wordsIn } from "./words.ts";

export interface Asked extends RecallQuestion {
  readonly now: number;
  /** Words in a snippet. */
  readonly snippetWords: number;
}

export interface Answered {
  readonly hits: readonly RecallHit[];
  readonly next: string | null;
  readonly instead: string | null;
}

/** The history is searched in parts of so many hits, the newest first. Within a part the best is first. */
const PART = 300;
const MEMORIES = 200;
/** Of a part, the texts that are read to be ranked: the most promising by length and time. */
const READ = 24;
const READ_CHARACTERS = 2 * 1024 * 1024;
/** Where any of the words will do, so many texts for each of the words that say most, and for each two of them. */
const WORDS_OF_ANY = 6;
const DOCS_OF_ANY = 40;
const CORRECTED_WORDS = 4;

const EVER = Number.MAX_SAFE_INTEGER;

/** The page does not exist. */
export class NoSuchPage extends Error {}

interface Ranked extends FoundDoc {
  readonly score: number;
}

export function createSearch(
  index: Finder,
  history: Pick<HistorySource, "shown" | "sessionKey" | "taggedSessions">,
): (asked: Asked) => Answered {
  let finder = withMemory(index);
  let source = readOnce(history);
  return (asked) => {
    finder = withMemory(index);
    source = readOnce(history);
    const filters = filtersOf(asked, source);
    const typed = parseQuery(asked.query, asked.asYouType);
    const nothing: Answered = { hits: [], next: null, instead: null };
    if (asked.after !== undefined) {
      const cursor = readCursor(asked.after);
      if (cursor === null) throw new NoSuchPage("This page of the answer does not exist.");
      const query = cursor.instead === null ? typed : parseQuery(cursor.instead);
      return query === null || filters === null ? nothing : page(query, cursor, filters);
    }
    if (typed === null || filters === null) return nothing;
    const asTyped = page(typed, begin(typed, asked.now, null, false), filters);
    if (asTyped.hits.length > 0) return asTyped;
    const corrected = correctedQuery(typed);
    if (corrected !== null) {
      const found = page(corrected, begin(corrected, asked.now, writtenOut(corrected), false), filters);
      if (found.hits.length > 0) return found;
    }
    for (const any of [anyOf(typed), corrected && anyOf(corrected)]) {
      if (any === null) continue;
      const found = page(any, begin(any, asked.now, writtenOut(any), true), filters);
      if (found.hits.length > 0) return found;
    }
    return nothing;

    function page(query: Query, from: Cursor, filters: Filters): Answered {
      let cursor: Cursor | null = from;
      while (cursor !== null) {
        const terms = termsOf(query);
        const { ranked, following } = partOf(query, terms, cursor, filters, asked);
        const { hits, next } = shownOf(ranked, terms, cursor);
        if (hits.length > 0) return { hits, next: nextOf(next ?? following), instead: cursor.instead };
        cursor = next ?? following;
      }
      return nothing;
    }

    function nextOf(cursor: Cursor | null): string | null {
      return cursor === null ? null : writeCursor(cursor);
    }

    function shownOf(
      ranked: readonly Ranked[],
      terms: readonly Term[],
      cursor: Cursor,
    ): { hits: RecallHit[]; next: Cursor | null } {
      const hits: RecallHit[] = [];
      const place = ranked.findIndex(({ doc }) => doc === cursor.last);
      let at = place === -1 ? cursor.shown : place + 1;
      let last = cursor.last;
      for (; at < ranked.length && hits.length < asked.limit; at += 1) {
        const found = ranked[at];
        const shown = found === undefined ? null : source.shown(found.doc);
        if (found === undefined || shown === null) continue;
        hits.push(toHit(shown, found.score, terms, asked.snippetWords));
        last = found.doc;
      }
      return { hits, next: at < ranked.length ? { ...cursor, last, shown: at } : null };
    }
  };

  function begin(query: Query, now: number, instead: string | null, isAny: boolean): Cursor {
    const count = finder.count();
    return {
      instead,
      isAny,
      to: finder.highest(),
      floor: finder.lowest(),
      isFirstPart: true,
      last: null,
      shown: 0,
      now,
      count,
      averageLength: finder.averageLength(),
      weights: termsOf(query).map((term) => weightOf(textsWith(term), count)),
    };
  }

  /** No more texts have a term than have the rarest of its words. */
  function textsWith({ words, isPrefix }: Term): number {
    const counts = words.map((word, at) =>
      isPrefix && at === words.length - 1 ? finder.beginningWith(word).docs : finder.docsWith(word),
    );
    return Math.min(...counts);
  }

  /** Everything that is looked for in one part of the history, in its order, and where the next part begins. */
  function partOf(
    query: Query,
    terms: readonly Term[],
    cursor: Cursor,
    filters: Filters,
    asked: Asked,
  ): { ranked: Ranked[]; following: Cursor | null } {
    const time = finder.docsOf(filters.since, filters.until);
    if (time === null) return { ranked: [], following: null };
    const messages: DocRange = {
      from: Math.max(1, time.from),
      to: Math.min(cursor.to, time.to),
      since: filters.since,
      until: filters.until,
    };
    const memories: DocRange = { ...messages, from: cursor.floor, to: -1 };
    // Where there are none, the index would be read through to find that out.
    const hasMemories = cursor.isFirstPart && cursor.floor < 0;
    const ranges = hasMemories ? [{ ...memories, most: MEMORIES }] : [];
    const parts = asked.memoriesOnly ? ranges : [...ranges, { ...messages, most: PART }];
    let lowest: number | null = null;
    const found = new Map<number, FoundDoc & { readonly promise: number }>();
    for (const { most, ...range } of parts) {
      const docs = cursor.isAny
        ? docsOfAny(terms, cursor.weights, filters, range)
        : docsOfAll(query, terms, filters, range, most);
      for (const doc of docs.found) found.set(doc.doc, doc);
      if (docs.isCutAt !== null && range.to >= 0) lowest = docs.isCutAt;
    }
    const ranked = rank([...found.values()], terms, cursor);
    if (lowest === null || lowest <= messages.from) return { ranked, following: null };
    return {
      ranked,
      following: { ...cursor, to: lowest - 1, isFirstPart: false, last: null, shown: 0 },
    };
  }

  function docsOfAll(
    query: Query,
    terms: readonly Term[],
    { words }: Filters,
    range: DocRange,
    most: number,
  ) {
    const match = matchOf(query, finder);
    if (match === null) return { found: [], isCutAt: null };
    const docs = finder.newest(filteredMatch(match, words), range, most);
    const isCutAt = docs.length < most ? null : (docs.at(-1)?.doc ?? null);
    const found = docs.map((doc) => ({ ...doc, promise: 1 }));
    return { found, isCutAt };
  }

  /** Of so many as may have one of the words, those that have two that say much come first. */
  function docsOfAny(
    terms: readonly Term[],
    weights: readonly number[],
    { words }: Filters,
    range: DocRange,
  ) {
    const telling = terms
      .map((term, number) => ({ term, weight: weights[number] ?? 0 }))
      .toSorted((a, b) => b.weight - a.weight)
      .slice(0, WORDS_OF_ANY);
    const groups = [
      ...telling.map((one) => [one]),
      ...telling.flatMap((one, number) => telling.slice(number + 1).map((other) => [one, other])),
    ];
    const found = new Map<number, FoundDoc & { promise: number }>();
    for (const group of groups) {
      const query: Query = { kind: "all", parts: group.map(({ term }) => term) };
      const match = matchOf(query, finder);
      if (match === null) continue;
      const promise = group.reduce((sum, { weight }) => sum + weight, 0);
      for (const doc of finder.newest(filteredMatch(match, words), range, DOCS_OF_ANY)) {
        const known = found.get(doc.doc);
        if (known === undefined || known.promise < promise) found.set(doc.doc, { ...doc, promise });
      }
    }
    return { found: [...found.values()], isCutAt: null };
  }

  function rank(
    docs: readonly (FoundDoc & { readonly promise: number })[],
    terms: readonly Term[],
    cursor: Cursor,
  ): Ranked[] {
    const { count, averageLength, now } = cursor;
    const among = { count, averageLength, now };
    const scored = (doc: FoundDoc, found: Pick<Found, "frequencies" | "isInOrder" | "role" | "isPinned">) =>
      scoreOf({ ...found, length: doc.length, at: doc.at }, cursor.weights, among);
    const once = terms.map(() => 1);
    const roughly = docs
      .map((doc) => {
        const role = doc.doc < 0 ? "memory" : "assistant";
        const score = scored(doc, { frequencies: once, isInOrder: false, role, isPinned: false });
        return { doc: doc.doc, at: doc.at, length: doc.length, score: score * doc.promise };
      })
      .toSorted(best);
    let characters = 0;
    const read: Ranked[] = [];
    const rest: Ranked[] = [];
    for (const candidate of roughly) {
      if (read.length >= READ || characters > READ_CHARACTERS) {
        rest.push(candidate);
        continue;
      }
      const shown = source.shown(candidate.doc);
      if (shown === null) continue;
      characters += shown.text.length;
      const counted = countTerms(wordsIn(shown.text), terms);
      if (counted.frequencies.every((frequency) => frequency === 0)) continue;
      const role = shown.memory === null ? shown.role : "memory";
      const isPinned = shown.memory?.isPinned === true;
      read.push({ ...candidate, score: scored(candidate, { ...counted, role, isPinned }) });
    }
    return [...read.toSorted(best), ...rest];
  }

  /** The same question with words that are there in place of those that are not; null when there are none to try. */
  function correctedQuery(query: Query): Query | null {
    let tried = 0;
    let changed = false;
    const correct = (part: Query): Query => {
      if (part.kind === "without") return { ...part, wanted: correct(part.wanted) };
      if (part.kind !== "term") return { ...part, parts: part.parts.map(correct) };
      const words = part.words.map((word, at) => {
        const isBeginning = part.isPrefix && at === part.words.length - 1;
        const isKnown = isBeginning ? finder.beginningWith(word).docs > 0 : finder.docsWith(word) > 0;
        if (isKnown || tried >= CORRECTED_WORDS) return word;
        tried += 1;
        const near = nearestWords(word, finder.wordsLike(word, allowedErrors(word.length)), 1);
        if (near[0] !== undefined) changed = true;
        return near[0]?.word ?? word;
      });
      return { ...part, words };
    };
    const corrected = correct(query);
    return changed ? corrected : null;
  }
}

/** How many words begin so is asked several times for one question, and takes longest of all. */
function withMemory(finder: Finder): Finder {
  const known = new Map<string, { words: number; docs: number }>();
  return {
    ...finder,
    beginningWith(word) {
      const found = known.get(word) ?? finder.beginningWith(word);
      known.set(word, found);
      return found;
    },
  };
}

/** What was read to be ranked is shown without being read again. */
function readOnce<Source extends Pick<HistorySource, "shown">>(source: Source): Source {
  const known = new Map<number, ShownDoc | null>();
  return {
    ...source,
    shown(doc: number) {
      const found = known.get(doc);
      if (found !== undefined) return found;
      const shown = source.shown(doc);
      known.set(doc, shown);
      return shown;
    },
  };
}

const best = (a: Ranked, b: Ranked) => b.score - a.score || b.doc - a.doc;

/** Each once: saying a word twice asks for nothing more. */
function termsOf(query: Query): Term[] {
  const named = wantedTerms(query).map((term) => [JSON.stringify(term), term] as const);
  return [...new Map(named).values()];
}

/** Any of the words, each on its own; null for a single one. */
function anyOf(query: Query): Query | null {
  const terms = termsOf(query).flatMap(({ words, isPrefix }) =>
    words.map((word, at): Term => ({
      kind: "term",
      words: [word],
      isPrefix: isPrefix && at === words.length - 1,
    })),
  );
  return terms.length < 2 ? null : { kind: "any", parts: terms };
}

/** A question as somebody could have typed it. */
function writtenOut(query: Query): string {
  switch (query.kind) {
    case "term": {
      const typed = query.words.map(typedWord);
      const words = typed.length === 1 ? (typed[0] ?? "") : `"${typed.join(" ")}"`;
      return `${words}${query.isPrefix ? "*" : ""}`;
    }
    case "without":
      return `${bracketed(query.wanted)} NOT ${bracketed(query.unwanted)}`;
    case "all":
      return query.parts.map(bracketed).join(" ");
    case "any":
      return query.parts.map(bracketed).join(" OR ");
  }
}

const bracketed = (query: Query) => (query.kind === "term" ? writtenOut(query) : `(${writtenOut(query)})`);

interface Filters {
  /** Words of the column `about`: one of each list. */
  readonly words: readonly (readonly string[])[];
  readonly since: number;
  readonly until: number;
}

/** Null: nothing can fit. */
function filtersOf(
  asked: Asked,
  source: Pick<HistorySource, "sessionKey" | "taggedSessions">,
): Filters | null {
  const { sessions, roles, clients, tags } = asked;
  const keys = sessions?.flatMap((id) => source.sessionKey(id) ?? []);
  const words = [
    keys?.map(filterWords.session),
    roles?.map(filterWords.role),
    clients?.map(filterWords.client),
    tags?.flatMap((tag) => [filterWords.tag(tag), ...source.taggedSessions(tag).map(filterWords.session)]),
  ].filter((list) => list !== undefined);
  if (words.some((list) => list.length === 0)) return null;
  return { words, since: asked.since ?? -EVER, until: asked.until ?? EVER };
}

function toHit(shown: ShownDoc, score: number, terms: readonly Term[], size: number): RecallHit {
  const { parts, isCutBefore, isCutAfter } = snippetOf(shown.text, terms, size);
  return {
    kind: shown.memory === null ? "message" : "memory",
    sessionId: shown.sessionId,
    index: shown.index,
    runId: shown.runId,
    memoryId: shown.memory?.id ?? null,
    role: shown.role,
    clientId: shown.clientId,
    at: shown.at,
    snippet: [...parts],
    isCutBefore,
    isCutAfter,
    score,
  };
}
