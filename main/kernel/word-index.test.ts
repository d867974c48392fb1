import { expect, test } from "vitest";
import { createFakeClock } from "../testing/fake-clock.ts";
import { openDatabase } from "./database.ts";
import { createStorage } from "./storage.ts";
import { createWordIndex, wordIndexMigrations, wordIndexSql } from "./word-index.ts";

const newDatabase = () =>
  openDatabase(":memory:", [
    ...wordIndexMigrations,
    {
      id: "9",
      sql: `CREATE TABLE notes (key INTEGER PRIMARY KEY, text TEXT) STRICT; ${wordIndexSql("notes_words", "body")}`,
    },
  ]);

function setUp({ db = newDatabase(), stopwatch = (): number => 0 } = {}) {
  const clock = createFakeClock();
  const storage = createStorage(db, () => {});
  const index = createWordIndex(
    storage,
    clock,
    { index: "notes_words", table: "notes", columns: { body: "text" } },
    stopwatch,
  );
  const insert = db.prepare<[string]>("INSERT INTO notes (text) VALUES (?)");
  const add = (text: string) => index.changed(Number(insert.run(text).lastInsertRowid));
  const set = (key: number, text: string) => {
    db.prepare("UPDATE notes SET text = ? WHERE key = ?").run(text, key);
    index.changed(key);
  };
  const remove = (key: number) => {
    db.prepare("DELETE FROM notes WHERE key = ?").run(key);
    index.changed(key);
  };
  const find = (word: string) =>
    db.prepare("SELECT rowid FROM notes_words WHERE notes_words MATCH ?").pluck().all(word);
  const isLeft = () =>
    db.prepare("SELECT count(*) FROM word_index_changes").pluck().get() !== 0 || clock.waiting > 0;
  return { db, clock, storage, index, add, set, remove, find, isLeft };
}

test("follows by itself a moment later, however many there are", () => {
  const { clock, add, find } = setUp();
  for (let i = 1; i <= 1_201; i += 1) add(i % 600 === 0 ? "rare" : "common");
  expect(find("rare")).toEqual([]);
  clock.advance(2_000);
  expect(find("rare")).toEqual([600, 1200]);
  add("rare");
  clock.advance(2_000);
  expect(find("rare")).toEqual([600, 1200, 1202]);
  expect(clock.waiting).toBe(0);
});

test("a search that waits misses nothing that is there", async () => {
  const { storage, index, add, find } = setUp();
  add("one");
  void storage.commit.write(() => add("one two"));
  await index.caughtUp();
  expect(find("one")).toEqual([1, 2]);
  await index.caughtUp();
  expect(find("two")).toEqual([2]);
});

test("a changed row is found by what it says now, a deleted one by nothing", async () => {
  const { index, add, set, remove, find, isLeft, clock } = setUp();
  for (const text of ["first draft", "second draft", "third draft"]) add(text);
  await index.caughtUp();
  set(1, "fair copy");
  remove(3);
  add("fourth draft");
  await index.caughtUp();
  expect(find("draft")).toEqual([2, 3]);
  expect([find("fair"), find("first"), find("third"), find("fourth")]).toEqual([[1], [], [], [3]]);
  clock.advance(5_000);
  expect(isLeft()).toBe(false);
});

test("a row that is changed before it was ever indexed is there once", async () => {
  const { index, add, set, remove, find } = setUp();
  add("draft");
  set(1, "copy");
  add("gone");
  remove(2);
  await index.caughtUp();
  set(1, "fair copy");
  await index.caughtUp();
  expect([find("draft"), find("gone"), find("copy"), find("fair")]).toEqual([[], [], [1], [1]]);
});

test("a change that was rolled back changes nothing", async () => {
  const { db, index, add, set, find } = setUp();
  add("kept");
  await index.caughtUp();
  expect(() =>
    db.transaction(() => {
      set(1, "lost");
      add("lost");
      throw new Error("no");
    })(),
  ).toThrow("no");
  await index.caughtUp();
  expect([find("kept"), find("lost")]).toEqual([[1], []]);
});

test("what a crash left out is found after the next start, and nothing twice", async () => {
  const first = setUp();
  first.add("before");
  first.add("changed");
  await first.index.caughtUp();
  first.set(2, "altered");
  first.add("unindexed");
  const second = setUp({ db: first.db });
  await second.index.caughtUp();
  expect(second.find("unindexed")).toEqual([3]);
  expect(second.find("before")).toEqual([1]);
  expect([second.find("changed"), second.find("altered")]).toEqual([[], [2]]);
});

test("a failure while nobody waits disturbs nobody, and is made good later", async () => {
  const { db, clock, index, add, find } = setUp();
  db.exec("ALTER TABLE word_index_progress RENAME TO gone");
  add("word");
  expect(() => clock.advance(1_000)).not.toThrow();
  await expect(index.caughtUp()).rejects.toThrow(/word_index_progress/);
  db.exec("ALTER TABLE gone RENAME TO word_index_progress");
  await index.caughtUp();
  expect(find("word")).toEqual([1]);
});

test("is silent once the database is closed", () => {
  const { db, clock, add } = setUp();
  add("late");
  db.close();
  expect(() => clock.advance(1_000)).not.toThrow();
});

test("a slice takes as many rows as fit into its time, also when they get slower", () => {
  let now = 0;
  let costMs = 0.01;
  const { db, clock, add } = setUp({ stopwatch: () => (now += costMs) });
  db.transaction(() => {
    for (let i = 0; i < 20_000; i += 1) add("word");
  })();
  const progress = db.prepare<[], number>("SELECT key FROM word_index_progress").pluck();
  const slices = (count: number) =>
    Array.from({ length: count }, () => {
      const before = progress.get() ?? 0;
      while ((progress.get() ?? 0) === before) clock.advance(10);
      return (progress.get() ?? 0) - before;
    });
  clock.advance(980);
  const quick = slices(12);
  expect(quick[0]).toBeLessThanOrEqual(100);
  expect(quick.at(-1)).toBeGreaterThan(200);
  expect(Math.max(...quick)).toBeLessThanOrEqual(301);
  costMs = 1;
  const slow = slices(12);
  expect(Math.max(...slow)).toBeLessThanOrEqual(4);
  expect(Math.min(...slow)).toBeGreaterThanOrEqual(1);
});

test("others have their turn between the slices of a backlog that a search waits for", async () => {
  let now = 0;
  const { index, db, add, find } = setUp({ stopwatch: () => (now += 1) });
  db.transaction(() => {
    for (let i = 0; i < 100; i += 1) add("word");
  })();
  let turns = 0;
  let isThere = false;
  const both = Promise.all([index.caughtUp(), index.caughtUp()]).then(() => (isThere = true));
  while (!isThere) {
    turns += 1;
    await new Promise(setImmediate);
  }
  await both;
  // Two or three rows to a slice at a millisecond each.
  expect(turns).toBeGreaterThanOrEqual(25);
  expect(find("word")).toHaveLength(100);
});
