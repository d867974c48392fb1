import { performance } from "node:perf_hooks";
import type { SqliteDatabase } from "../../../kernel/sqlite.ts";
import { isPlain, wordsIn } from "../words.ts";
import { DOCS_OF_SPAN } from "./index-file.ts";
import type { Doc, HistorySource } from "./source.ts";

/** Makes the index follow the history, a slice at a time. */
export interface Indexer {
  /**
   * Works for about so long, and for one text at least. False: there is nothing left to do. What is indexed can be
   * searched at once, and is committed now and then together with how far it goes: whenever the process is killed, the
   * index is behind, and never wrong.
   */
  slice(ms: number): boolean;
  /** Puts on disk what is indexed. */
  commit(): void;
  progress(): IndexProgress;
  /** Up to which change of the history the index follows, on the disk itself. */
  followedChanges(): number;
}

export interface IndexProgress {
  /** Texts in the index. */
  readonly indexed: number;
  /** About how many are not in it yet. */
  readonly missing: number;
}

/** More than these in one transaction would only make the vocabulary of it large. */
const MAX_DOCS_AT_ONCE = 32_768;
const MAX_WORDS_AT_ONCE = 100_000;
const MAX_CHARACTERS_AT_ONCE = 32 * 1024 * 1024;
const MERGED_PAGES = 128;

const spanOf = (doc: number) => Math.floor(doc / DOCS_OF_SPAN);

export function createIndexer(db: SqliteDatabase, source: HistorySource): Indexer {
  const readState = db.prepare<[string], number>("SELECT value FROM state WHERE name = ?").pluck();
  const writeState = db.prepare<[string, number]>("INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)");
  const insertWords = db.prepare<[number, string, string]>(
    "INSERT INTO doc_words (rowid, words, about) VALUES (?, ?, ?)",
  );
  const removeWords = db.prepare<[number]>("DELETE FROM doc_words WHERE rowid = ?");
  const insertDoc = db.prepare<[number, number, number]>(
    "INSERT INTO docs (doc, at, length) VALUES (?, ?, ?)",
  );
  const removeDoc = db.prepare<[number], number>("DELETE FROM docs WHERE doc = ? RETURNING length").pluck();
  const widenSpan = db.prepare<[number, number, number]>(
    `INSERT INTO spans (span, from_at, to_at) VALUES (?, ?, ?)
     ON CONFLICT (span) DO UPDATE SET from_at = min(from_at, excluded.from_at), to_at = max(to_at, excluded.to_at)`,
  );
  const countWord = db.prepare<[string, number]>(
    `INSERT INTO vocabulary (word, docs) VALUES (?, ?)
     ON CONFLICT (word) DO UPDATE SET docs = docs + excluded.docs`,
  );
  const docsAfter = db.prepare<[number], number>("SELECT doc FROM docs WHERE doc > ?").pluck();
  const merge = db.prepare<[number]>("INSERT INTO doc_words (doc_words, rank) VALUES ('merge', ?)");
  const written = db.prepare<[], number>("SELECT total_changes()").pluck();

  const load = () => ({
    /** The newest message that is in the index. */
    key: readState.get("key") ?? 0,
    memory: readState.get("memory") ?? 0,
    /** The newest change of the history that it follows. */
    seq: readState.get("seq") ?? 0,
    count: readState.get("count") ?? 0,
    length: readState.get("length") ?? 0,
  });
  let state = load();
  let followed = state.seq;
  let docsSinceCommit = 0;
  let charactersSinceCommit = 0;
  let mayMerge = true;
  /** Of the texts of this transaction: in how many of them a word stands. */
  const fresh = new Map<string, { docs: number; last: number }>();
  const spans = new Map<number, { from: number; to: number }>();

  const begin = () => {
    if (!db.inTransaction) db.exec("BEGIN IMMEDIATE");
  };

  const remove = (doc: number) => {
    const length = removeDoc.get(doc);
    if (length === undefined) return;
    removeWords.run(doc);
    state.count -= 1;
    state.length -= length;
  };

  const add = ({ doc, text, at, about }: Doc) => {
    const words = wordsIn(text);
    // The tokenizer of the index cuts a plain text just so.
    insertWords.run(doc, isPlain(text) ? text : words.join(" "), about);
    insertDoc.run(doc, at, words.length);
    for (const word of words) {
      const known = fresh.get(word);
      if (known === undefined) fresh.set(word, { docs: 1, last: doc });
      else if (known.last !== doc) {
        known.docs += 1;
        known.last = doc;
      }
    }
    const span = spans.get(spanOf(doc));
    if (span === undefined) spans.set(spanOf(doc), { from: at, to: at });
    else {
      span.from = Math.min(span.from, at);
      span.to = Math.max(span.to, at);
    }
    state.count += 1;
    state.length += words.length;
    docsSinceCommit += 1;
    charactersSinceCommit += text.length;
  };

  const commit = () => {
    if (!db.inTransaction) return;
    try {
      for (const word of [...fresh.keys()].toSorted()) countWord.run(word, fresh.get(word)?.docs ?? 0);
      for (const [span, { from, to }] of spans) widenSpan.run(span, from, to);
      for (const [name, value] of Object.entries(state)) writeState.run(name, value);
      db.exec("COMMIT");
    } catch (error) {
      undo();
      throw error;
    }
    fresh.clear();
    spans.clear();
    if (followed !== state.seq) {
      // What was noted is forgotten in the history then, so this must survive a power cut.
      db.pragma("wal_checkpoint(FULL)");
      followed = state.seq;
    }
    docsSinceCommit = 0;
    charactersSinceCommit = 0;
    mayMerge = true;
  };

  const undo = () => {
    if (db.inTransaction) db.exec("ROLLBACK");
    fresh.clear();
    spans.clear();
    docsSinceCommit = 0;
    charactersSinceCommit = 0;
    state = load();
  };

  /** False: there are none. */
  const followChanges = (until: number): boolean => {
    const { changes, newest } = source.atOnce(() => ({
      changes: source.changesAfter(state.seq),
      newest: source.newest(),
    }));
    if (changes.length === 0 && newest >= state.key) return false;
    begin();
    for (const { seq, doc } of changes) {
      remove(doc);
      const isIndexed = doc < 0 ? -doc <= state.memory : doc <= state.key;
      const current = isIndexed ? source.current(doc) : null;
      if (current !== null) add(current);
      state.seq = seq;
      if (performance.now() >= until) break;
    }
    if (newest < state.key) {
      // The last ones were deleted, and their keys are given to others.
      for (const doc of docsAfter.all(newest)) remove(doc);
      state.key = newest;
    }
    return true;
  };

  /** False: there are none left. */
  const followNew = (docs: Iterable<Doc>, progressTo: (doc: number) => void, until: number): boolean => {
    let isAtEnd = true;
    for (const doc of docs) {
      begin();
      add(doc);
      progressTo(doc.doc);
      isAtEnd = performance.now() < until && docsSinceCommit < MAX_DOCS_AT_ONCE;
      if (!isAtEnd) break;
    }
    return !isAtEnd;
  };

  const work = (until: number): boolean => {
    while (followChanges(until)) if (performance.now() >= until) return true;
    return (
      followNew(source.memoriesAfter(state.memory), (doc) => (state.memory = -doc), until) ||
      followNew(source.after(state.key), (doc) => (state.key = doc), until)
    );
  };

  return {
    slice(ms) {
      if (!db.inTransaction && mayMerge) {
        const before = written.get() ?? 0;
        merge.run(MERGED_PAGES);
        mayMerge = (written.get() ?? 0) - before >= 2;
        if (mayMerge) return true;
      }
      try {
        const isMore = work(performance.now() + ms);
        const isLarge =
          docsSinceCommit >= MAX_DOCS_AT_ONCE ||
          charactersSinceCommit >= MAX_CHARACTERS_AT_ONCE ||
          fresh.size >= MAX_WORDS_AT_ONCE;
        if (!isMore || isLarge) commit();
        return isMore || mayMerge;
      } catch (error) {
        undo();
        throw error;
      }
    },
    commit,
    progress: () => ({
      indexed: state.count,
      missing: Math.max(0, source.newest() - state.key) + Math.max(0, source.newestMemory() - state.memory),
    }),
    followedChanges: () => followed,
  };
}
