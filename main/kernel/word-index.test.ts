import { expect, test } from "vitest";
import { createFakeClock } from "../testing/fake-clock.ts";
import { openDatabase } from "./database.ts";
import { createWordIndex, wordIndexMigrations } from "./word-index.ts";

function setUp(db = newDatabase()) {
  const clock = createFakeClock();
  const index = createWordIndex(db, clock, {
    index: "notes_words",
    table: "notes",
    columns: { body: "text" },
  });
  const add = (text: string) => {
    db.prepare("INSERT INTO notes (text) VALUES (?)").run(text);
    index.touch();
  };
  const find = (word: string) =>
    db.prepare("SELECT rowid FROM notes_words WHERE notes_words MATCH ?").pluck().all(word);
  return { db, clock, index, add, find };
}

const newDatabase = () =>
  openDatabase(":memory:", [
    ...wordIndexMigrations,
    {
      id: "9",
      sql: `CREATE TABLE notes (key INTEGER PRIMARY KEY, text TEXT) STRICT;
        CREATE VIRTUAL TABLE notes_words USING fts5 (body, content = '')`,
    },
  ]);

test("follows by itself a moment later, however many there are", () => {
  const { clock, add, find } = setUp();
  for (let i = 1; i <= 1_201; i += 1) add(i % 600 === 0 ? "rare" : "common");
  expect(find("rare")).toEqual([]);
  clock.advance(1_000);
  expect(find("rare")).toEqual([600, 1200]);
  add("rare");
  clock.advance(1_000);
  expect(find("rare")).toEqual([600, 1200, 1202]);
  expect(clock.waiting).toBe(0);
});

test("a search misses nothing that is there", () => {
  const { index, add, find } = setUp();
  add("one");
  add("one two");
  index.catchUp();
  expect(find("one")).toEqual([1, 2]);
  index.catchUp();
  expect(find("two")).toEqual([2]);
});

test("what a crash left out is found after the next start, and nothing twice", () => {
  const first = setUp();
  first.add("before");
  first.index.catchUp();
  first.add("unindexed");
  const second = setUp(first.db);
  second.index.catchUp();
  expect(second.find("unindexed")).toEqual([2]);
  expect(second.find("before")).toEqual([1]);
});

test("a failure while nobody waits disturbs nobody, and is made good later", () => {
  const { db, clock, index, add, find } = setUp();
  db.exec("ALTER TABLE word_index_progress RENAME TO gone");
  add("word");
  expect(() => clock.advance(1_000)).not.toThrow();
  expect(() => index.catchUp()).toThrow(/word_index_progress/);
  db.exec("ALTER TABLE gone RENAME TO word_index_progress");
  index.catchUp();
  expect(find("word")).toEqual([1]);
});

test("is silent once the database is closed", () => {
  const { db, clock, add } = setUp();
  add("late");
  db.close();
  expect(() => clock.advance(1_000)).not.toThrow();
});
