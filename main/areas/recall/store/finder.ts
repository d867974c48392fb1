import type { SqliteDatabase } from "../../../kernel/sqlite.ts";
import type { KnownWord } from "../spelling.ts";
import { DOCS_OF_SPAN } from "./index-file.ts";

/** A text that the index has under the words that were asked for. */
export interface FoundDoc {
  readonly doc: number;
  readonly at: number;
  readonly length: number;
}

export interface DocRange {
  readonly from: number;
  readonly to: number;
  /** From this moment, and before that one. */
  readonly since: number;
  readonly until: number;
}

export type Finder = ReturnType<typeof createFinder>;

/** How many of a vocabulary are looked at for words that begin alike, or nearly so. */
const MAX_BEGINNINGS = [2_000, 8_000, 20_000] as const;
const MAX_NEAR = 40_000;
const LAST_CHARACTER = "\u{10FFFF}";

/** What can be asked of the index. Nothing here takes longer the longer a list of hits would be. */
export function createFinder(db: SqliteDatabase) {
  const state = db.prepare<[string], number>("SELECT value FROM state WHERE name = ?").pluck();
  const ends = db.prepare<[], { lowest: number | null; highest: number | null }>(
    "SELECT (SELECT min(doc) FROM docs) AS lowest, (SELECT max(doc) FROM docs) AS highest",
  );
  const found = (order: "ASC" | "DESC") =>
    db.prepare<[string, number, number, number, number, number], FoundDoc>(
      `SELECT docs.doc, docs.at, docs.length FROM doc_words CROSS JOIN docs ON docs.doc = doc_words.rowid
       WHERE doc_words MATCH ? AND doc_words.rowid BETWEEN ? AND ? AND docs.at >= ? AND docs.at < ?
       ORDER BY doc_words.rowid ${order} LIMIT ?`,
    );
  const messages = found("DESC");
  const memories = found("ASC");
  const docsWith = db.prepare<[string], number>("SELECT docs FROM vocabulary WHERE word = ?").pluck();
  const countBeginnings = db.prepare<[string, string, number], { words: number; docs: number }>(
    `SELECT count(*) AS words, coalesce(sum(docs), 0) AS docs
     FROM (SELECT docs FROM vocabulary WHERE word >= ? AND word < ? LIMIT ?)`,
  );
  const beginnings = db
    .prepare<[string, string, number, number], string>(
      `SELECT word FROM (SELECT word, docs FROM vocabulary WHERE word >= ? AND word < ? LIMIT ?)
       ORDER BY docs DESC LIMIT ?`,
    )
    .pluck();
  const alike = db.prepare<[string, string, number, number, number], KnownWord>(
    `SELECT word, docs AS messages FROM vocabulary
     WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ? LIMIT ?`,
  );
  const span = db.prepare<[number, number], { first: number | null; last: number | null }>(
    "SELECT min(span) AS first, max(span) AS last FROM spans WHERE to_at >= ? AND from_at < ?",
  );

  /** A letter or two say little, and many words begin so. */
  const mostBeginnings = (word: string) => MAX_BEGINNINGS[Math.min(word.length, 3) - 1] ?? 0;

  return {
    count: () => state.get("count") ?? 0,
    averageLength: () => (state.get("length") ?? 0) / Math.max(1, state.get("count") ?? 0),
    lowest: () => ends.get()?.lowest ?? 0,
    highest: () => ends.get()?.highest ?? 0,
    docsWith: (word: string) => docsWith.get(word) ?? 0,
    /** How many words begin so, and in how many texts they stand, as far as was looked. */
    beginningWith(word: string) {
      const counted = countBeginnings.get(word, word + LAST_CHARACTER, mostBeginnings(word));
      return counted ?? { words: 0, docs: 0 };
    },
    /** The most usual of them. */
    usualBeginnings: (word: string, count: number) =>
      beginnings.all(word, word + LAST_CHARACTER, mostBeginnings(word), count),
    /** Words that may have been meant: they begin with one of the first two characters. */
    *wordsLike(word: string, errors: number): Generator<KnownWord> {
      for (const first of new Set(word.match(/./gu)?.slice(0, 2))) {
        const { length } = word;
        yield* alike.iterate(first, first + LAST_CHARACTER, length - errors, length + errors, MAX_NEAR);
      }
    },
    /** Where the texts of a time are. */
    docsOf(since: number, until: number): { from: number; to: number } | null {
      const { first = null, last = null } = span.get(since, until) ?? {};
      return first === null || last === null
        ? null
        : { from: first * DOCS_OF_SPAN, to: (last + 1) * DOCS_OF_SPAN - 1 };
    },
    /** The newest of those that match an expression of FTS5. */
    newest(match: string, { from, to, since, until }: DocRange, count: number): FoundDoc[] {
      // The newest memory is the lowest, so nothing above them is read to get there.
      return (to < 0 ? memories : messages).all(match, from, to, since, until, count);
    },
  };
}
