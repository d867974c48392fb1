import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { connect, createPrivately, type SqliteDatabase } from "../../../kernel/sqlite.ts";
import { fileStamp } from "../../../kernel/backups.ts";

/** "Gate": no other program's database has it. */
const APPLICATION = 0x47617465;
/** What is in the file, and how words are cut. Another number: the index is made anew. */
const VERSION = 1;

/** Texts in a row of `spans`, which says of which time they are. */
export const DOCS_OF_SPAN = 1_024;

/**
 * Derived data in a file of its own, so that writing it locks nothing else. It may be missing, damaged, somebody else's
 * or of another version: then it is made anew. `docs` has one row a text: messages by their key, memories by their key
 * below zero. The merges of the words are chosen by the indexer, since FTS5 would now and then merge all there is.
 */
const SCHEMA = `
  CREATE TABLE state (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
  CREATE TABLE docs (doc INTEGER PRIMARY KEY, at INTEGER NOT NULL, length INTEGER NOT NULL) STRICT;
  CREATE TABLE spans (
    span INTEGER PRIMARY KEY, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE vocabulary (word TEXT PRIMARY KEY, docs INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE VIRTUAL TABLE doc_words USING fts5 (
    words, about, content = '', contentless_delete = 1, tokenize = "ascii"
  );
  INSERT INTO doc_words (doc_words, rank) VALUES ('automerge', 0);
  INSERT INTO doc_words (doc_words, rank) VALUES ('crisismerge', 1999);
  INSERT INTO doc_words (doc_words, rank) VALUES ('usermerge', 4);
  PRAGMA application_id = ${APPLICATION};
  PRAGMA user_version = ${VERSION};
`;

const BESIDE = ["", "-journal", "-wal", "-shm"];

/** Opens the index of this history, or an empty one in its place. What is no index of ours is kept under another name. */
export function openIndexFile(file: string, history: string): SqliteDatabase {
  if (file === ":memory:") return prepared(connect(file, { timeout: 0 }), history);
  if (existsSync(file)) {
    const found = openFound(file, history);
    if (found !== null) return found;
  }
  createPrivately(file);
  return prepared(connect(file, { timeout: BUSY_MS }), history);
}

const BUSY_MS = 1_000;

function openFound(file: string, history: string): SqliteDatabase | null {
  let db: SqliteDatabase | undefined;
  try {
    db = connect(file, { timeout: BUSY_MS });
    const isOurs = db.pragma("application_id", { simple: true }) === APPLICATION;
    const isEmpty = db.prepare<[], number>("SELECT count(*) FROM sqlite_schema").pluck().get() === 0;
    const isCurrent = isOurs && db.pragma("user_version", { simple: true }) === VERSION;
    if (isCurrent && historyOf(db) === history) return tuned(db);
    db.close();
    if (isOurs || isEmpty) removeIndexFile(file);
    else setAside(file, Date.now());
    return null;
  } catch (error) {
    db?.close();
    if (!isDamage(error)) throw error;
    setAside(file, Date.now());
    return null;
  }
}

const historyOf = (db: SqliteDatabase) =>
  db.prepare<[], string>("SELECT value FROM state WHERE name = 'history'").pluck().get();

function prepared(db: SqliteDatabase, history: string): SqliteDatabase {
  tuned(db);
  db.transaction(() => {
    db.exec(SCHEMA);
    db.prepare("INSERT INTO state (name, value) VALUES ('history', ?)").run(history);
  })();
  return db;
}

function tuned(db: SqliteDatabase): SqliteDatabase {
  db.pragma("journal_mode = WAL");
  // A power cut may take the last moments with it. The index is behind then, and follows.
  db.pragma("synchronous = NORMAL");
  db.pragma("cache_size = -24576");
  db.pragma("temp_store = MEMORY");
  db.pragma("wal_autocheckpoint = 4000");
  db.pragma("journal_size_limit = 16777216");
  return db;
}

export function removeIndexFile(file: string): void {
  for (const end of BESIDE) rmSync(`${file}${end}`, { force: true });
}

const SET_ASIDE = /^recall\.db\.set-aside-.+Z$/;

/** Only the newest is kept: all of them would be the same words again. */
export function setAside(file: string, at: number): void {
  for (const name of listSetAside(dirname(file))) rmSync(join(dirname(file), name), { force: true });
  renameSync(file, `${file}.set-aside-${fileStamp(at)}`);
  removeIndexFile(file);
}

export function listSetAside(folder: string): string[] {
  return readdirSync(folder).filter((name) => SET_ASIDE.test(basename(name)));
}

/** Whether the file itself is to blame for what went wrong. */
export function isDamage(error: unknown): boolean {
  const { code = "" } = error as { readonly code?: string };
  return code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB" || code === "SQLITE_IOERR_SHORT_READ";
}
