import { performance } from "node:perf_hooks";
import { openReader } from "../../kernel/database.ts";
import type { SqliteDatabase } from "../../kernel/sqlite.ts";
import { createSearch, type Answered, type Asked } from "./search.ts";
import { createFinder } from "./store/finder.ts";
import { createIndexer, type Indexer, type IndexProgress } from "./store/indexer.ts";
import { isDamage, openIndexFile, setAside } from "./store/index-file.ts";
import { createHistorySource } from "./store/source.ts";

/** The index and what is asked of it, for whichever thread has it. */
export interface RecallEngine {
  /** Lets the index follow the history for about so long. False: it is there. */
  slice(ms: number): boolean;
  /** What was written a moment ago is found too, unless that is too much to wait for. */
  answer(asked: Asked): Answered & { readonly missing: number };
  /** `followed`: what is noted up to here need not be noted any more. */
  progress(): IndexProgress & { readonly followed: number };
  /** What is indexed is on disk then. */
  close(): void;
}

interface Parts {
  readonly db: SqliteDatabase;
  readonly indexer: Indexer;
  readonly search: (asked: Asked) => Answered;
}

/** Who asks waits for what was said a moment ago, and for more than that at most so long. */
const SOON = 1_000;
const CATCH_UP_MS = 40;
const CATCH_UP_SOON_MS = 1_000;
const CATCH_UP_SLICE_MS = 10;

/** @param history the database of the daemon: its file, or the one connection to one in memory */
export function createRecallEngine(indexFile: string, history: string | SqliteDatabase): RecallEngine {
  const historyDb = typeof history === "string" ? openReader(history) : history;
  const source = createHistorySource(historyDb);

  const open = (): Parts => {
    const db = openIndexFile(indexFile, source.identity());
    try {
      const indexer = createIndexer(db, source);
      return { db, indexer, search: createSearch(createFinder(db), source) };
    } catch (error) {
      db.close();
      throw error;
    }
  };
  let parts: Parts | null = null;

  const letGo = () => {
    try {
      parts?.db.close();
    } finally {
      parts = null;
    }
  };

  /** An index that turns out to be damaged is made anew, and what was asked of it is done then. */
  const use = <T>(work: (parts: Parts) => T): T => {
    try {
      parts ??= open();
      return work(parts);
    } catch (error) {
      if (!isDamage(error) || indexFile === ":memory:") throw error;
      letGo();
      setAside(indexFile, Date.now());
      parts = open();
      return work(parts);
    }
  };

  return {
    slice: (ms) => use(({ indexer }) => indexer.slice(ms)),
    answer: (asked) =>
      use(({ indexer, search }) => {
        const began = performance.now();
        for (;;) {
          indexer.slice(CATCH_UP_SLICE_MS);
          const { missing } = indexer.progress();
          const most = missing > SOON ? CATCH_UP_MS : CATCH_UP_SOON_MS;
          if (missing === 0 || performance.now() - began >= most) break;
        }
        indexer.commit();
        return { ...search(asked), missing: indexer.progress().missing };
      }),
    progress: () => use(({ indexer }) => ({ ...indexer.progress(), followed: indexer.followedChanges() })),
    close() {
      try {
        parts?.indexer.commit();
      } finally {
        letGo();
        if (typeof history === "string") historyDb.close();
      }
    },
  };
}
