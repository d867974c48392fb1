import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import type { SqliteDatabase } from "./database.ts";
import { incidentMigrations, newestIncident } from "./incidents.ts";
import { openKeptDatabase } from "./kept-database.ts";

const STEPS = [
  { id: "20260101-1-notes", sql: "CREATE TABLE notes (text TEXT) STRICT" },
  ...incidentMigrations,
];

function open(file: string): SqliteDatabase {
  const backups = join(file, "../backups");
  const db = openKeptDatabase(file, STEPS, { backups, now: 1_000 });
  onTestFinished(() => void db.close());
  return db;
}

const note = (db: SqliteDatabase, count: number) => {
  for (let at = 0; at < count; at += 1)
    db.prepare("INSERT INTO notes VALUES (?)").run(`${at} ${"x".repeat(500)}`);
};
const count = (db: SqliteDatabase) => db.prepare("SELECT count(*) FROM notes").pluck().get();

/** What a kill leaves: 20 rows in the database, and what `more` does in its log. */
function killed(more: (db: SqliteDatabase) => void): string {
  const file = join(temporaryFolder(), "gatehouse.db");
  const db = open(file);
  note(db, 20);
  db.pragma("wal_checkpoint(TRUNCATE)");
  more(db);
  const left = join(temporaryFolder(), "gatehouse.db");
  for (const end of ["", "-wal", ".open"]) copyFileSync(`${file}${end}`, `${left}${end}`);
  return left;
}

const overwrite = (from: number, value: number) => (log: string) => {
  const bytes = readFileSync(log);
  bytes.fill(value, from);
  writeFileSync(log, bytes);
};

test.each([
  ["whole", (db: SqliteDatabase) => note(db, 9), () => {}, 29],
  ["empty", () => {}, () => {}, 20],
  [
    "begun anew in front of older entries",
    (db: SqliteDatabase) => {
      note(db, 9);
      db.pragma("wal_checkpoint(RESTART)");
      note(db, 1);
    },
    () => {},
    30,
  ],
  [
    "cut off within its last entry, as a kill may leave it",
    (db: SqliteDatabase) => note(db, 9),
    (log: string) => truncateSync(log, statSync(log).size - 100),
    28,
  ],
])("a log that is %s is gone on with, and nothing is told", (_what, more, damage, rows) => {
  const file = killed(more);
  damage(`${file}-wal`);
  const db = open(file);
  expect([count(db), newestIncident(db)]).toEqual([rows, null]);
});

test.each([
  ["overwritten", overwrite(0, 0xa5)],
  ["filled with zeros", overwrite(0, 0)],
  ["overwritten but for its head", overwrite(32, 0xa5)],
  ["filled with zeros but for its head", overwrite(32, 0)],
  ["overwritten within its first entry", overwrite(300, 0xa5)],
])("a log that is %s has lost what was written last, and it is told", (_what, damage) => {
  const file = killed((db) => note(db, 9));
  damage(`${file}-wal`);
  const db = open(file);
  expect(count(db)).toBe(20);
  expect(newestIncident(db)).toMatchObject({ kind: "incomplete", detail: "its log was damaged" });
});
