import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { openDatabase, openReader, type Migration, type SqliteDatabase } from "./database.ts";

const NOTES: Migration = { id: "20260101-1-notes", sql: "CREATE TABLE notes (text TEXT) STRICT" };
const MORE: Migration = { id: "20260102-1-more", sql: "ALTER TABLE notes ADD COLUMN more TEXT" };

function open(file: string, migrations: readonly Migration[] = [NOTES]): SqliteDatabase {
  const db = openDatabase(file, migrations);
  onTestFinished(() => void db.close());
  return db;
}

const applied = (db: SqliteDatabase) => db.prepare("SELECT id FROM migrations ORDER BY rowid").pluck().all();

test("applies what is due once, in the order of the ids", () => {
  const file = join(temporaryFolder(), "a.db");
  const first = open(file);
  first.exec("INSERT INTO notes VALUES ('kept')");
  first.close();
  const second = open(file, [MORE, NOTES]);
  expect(applied(second)).toEqual([NOTES.id, MORE.id]);
  expect(second.prepare("SELECT * FROM notes").all()).toEqual([{ text: "kept", more: null }]);
  second.close();
  expect(applied(open(file, [NOTES, MORE]))).toHaveLength(2);
});

test("a step that fails leaves no half of it, and a later start tries again", () => {
  const file = join(temporaryFolder(), "a.db");
  const broken: Migration = { id: MORE.id, sql: `${MORE.sql}; INSERT INTO nowhere VALUES (1)` };
  expect(() => open(file, [NOTES, broken])).toThrow(/can't be used: no such table: nowhere/);
  const db = open(file, [NOTES, MORE]);
  expect(applied(db)).toEqual([NOTES.id, MORE.id]);
});

test("refuses what a newer Gatehouse wrote, and leaves it as it is", () => {
  const file = join(temporaryFolder(), "a.db");
  open(file, [NOTES, MORE]).close();
  const before = readFileSync(file);
  expect(() => open(file, [NOTES])).toThrow(
    `The database ${file} can't be used: it was written by a newer Gatehouse (unknown schema step ${MORE.id})`,
  );
  expect(readFileSync(file).equals(before)).toBe(true);
});

test("refuses a second opener for as long as the first one lives", () => {
  const file = join(temporaryFolder(), "a.db");
  const first = open(file);
  expect(() => open(file)).toThrow(`The database ${file} can't be used: another Gatehouse is using it`);
  expect(() => open(file)).toThrow(/another Gatehouse is using it/);
  first.exec("INSERT INTO notes VALUES ('still works')");
  first.close();
  expect(open(file).prepare("SELECT text FROM notes").pluck().get()).toBe("still works");
});

test("one that was refused, or failed to open, holds nothing", () => {
  const file = join(temporaryFolder(), "a.db");
  const broken: Migration = { id: MORE.id, sql: "INSERT INTO nowhere VALUES (1)" };
  expect(() => open(file, [broken])).toThrow(/nowhere/);
  const first = open(file);
  expect(() => open(file)).toThrow(/another Gatehouse/);
  first.close();
  open(file).close();
});

const opener = (file: string, then: string) => [
  "--input-type=module",
  "--eval",
  `import { openDatabase } from ${JSON.stringify(new URL("database.ts", import.meta.url).href)};
   const db = openDatabase(${JSON.stringify(file)}, ${JSON.stringify([NOTES])});
   ${then}`,
];

test("a process that was killed leaves nothing locked and loses nothing it had committed", () => {
  const file = join(temporaryFolder(), "a.db");
  const script = `
    db.exec("INSERT INTO notes VALUES ('committed')");
    db.exec("BEGIN; INSERT INTO notes VALUES ('not committed')");
    process.kill(process.pid, "SIGKILL");
  `;
  const ended = spawnSync(process.execPath, opener(file, script), { encoding: "utf8" });
  expect(ended.signal, ended.stderr).toBe("SIGKILL");
  expect(open(file).prepare("SELECT text FROM notes").pluck().all()).toEqual(["committed"]);
});

test("another process is refused until the holder is killed, and then no longer", async () => {
  const file = join(temporaryFolder(), "a.db");
  const holder = spawn(process.execPath, opener(file, `console.log("open"); setInterval(() => {}, 1000);`));
  onTestFinished(() => void holder.kill("SIGKILL"));
  await once(holder.stdout, "data");
  expect(() => open(file)).toThrow(/another Gatehouse is using it/);
  holder.kill("SIGKILL");
  await once(holder, "exit");
  expect(open(file).prepare("SELECT count(*) FROM notes").pluck().get()).toBe(0);
});

test("keeps out, and is kept out by, a version that held the database itself", () => {
  const file = join(temporaryFolder(), "a.db");
  const holdAsBefore = () => {
    const db = new Database(file, { timeout: 0 });
    onTestFinished(() => void db.close());
    db.pragma("locking_mode = EXCLUSIVE");
    try {
      db.exec("BEGIN EXCLUSIVE; COMMIT");
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  };
  const present = open(file);
  expect(holdAsBefore).toThrow(/locked/);
  present.close();
  const earlier = holdAsBefore();
  expect(() => open(file)).toThrow(`The database ${file} can't be used: another Gatehouse is using it`);
  earlier.close();
  open(file).close();
});

test("others read what is committed while it is written", () => {
  const file = join(temporaryFolder(), "a.db");
  const writer = open(file);
  const reader = openReader(file);
  onTestFinished(() => void reader.close());
  const count = reader.prepare("SELECT count(*) FROM notes").pluck();
  expect(count.get()).toBe(0);
  writer.exec("BEGIN; INSERT INTO notes VALUES ('one')");
  expect(count.get()).toBe(0);
  writer.exec("COMMIT");
  expect(count.get()).toBe(1);
  const rows = reader.prepare("SELECT text FROM notes").pluck().iterate();
  rows.next();
  writer.exec("INSERT INTO notes VALUES ('two')");
  rows.return?.();
  expect(count.get()).toBe(2);
  expect(() => reader.exec("INSERT INTO notes VALUES ('three')")).toThrow(/readonly/);
});

test("refuses a damaged file with a plain message and does not touch it", () => {
  const file = join(temporaryFolder(), "a.db");
  writeFileSync(file, "this is not a database, ".repeat(100));
  expect(() => open(file)).toThrow(`The database ${file} can't be used: file is not a database`);
  expect(readFileSync(file, "utf8")).toBe("this is not a database, ".repeat(100));
});

test("names the file that can't be opened", () => {
  const folder = temporaryFolder();
  const missing = join(folder, "nowhere", "a.db");
  expect(() => open(missing)).toThrow(`The database ${missing} can't be used: `);
  const mode = statSync(folder).mode;
  expect(() => open(folder)).toThrow(`The database ${folder} can't be used: `);
  expect(statSync(folder).mode).toBe(mode);
});

test("all its files are for their owner alone, also where they were not", () => {
  const file = join(temporaryFolder(), "a.db");
  open(file).exec("INSERT INTO notes VALUES ('x')");
  const mode = (path: string) => statSync(path).mode & 0o777;
  const lock = file.replace(/db$/, "lock");
  expect([file, `${file}-wal`, `${file}-shm`, lock].map(mode)).toEqual([0o600, 0o600, 0o600, 0o600]);

  const older = join(temporaryFolder(), "b.db");
  open(older).close();
  chmodSync(older, 0o644);
  open(older).exec("INSERT INTO notes VALUES ('x')");
  expect([mode(older), mode(`${older}-wal`)]).toEqual([0o600, 0o600]);
});

test("foreign keys count and the log is written ahead", () => {
  const db = open(join(temporaryFolder(), "a.db"));
  expect(db.pragma("foreign_keys", { simple: true })).toBe(1);
  expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
  expect(db.pragma("synchronous", { simple: true })).toBe(1);
});
