import { expect, test } from "vitest";
import { turn } from "../testing/core.ts";
import { openDatabase } from "./database.ts";
import { createGroupCommit } from "./group-commit.ts";

function setUp() {
  const db = openDatabase(":memory:", [
    { id: "1", sql: "CREATE TABLE notes (text TEXT NOT NULL UNIQUE CHECK (text <> 'bad')) STRICT" },
  ]);
  const told: string[] = [];
  const reported: unknown[] = [];
  const commit = createGroupCommit(db, (error) => reported.push(error));
  const insert = db.prepare<[string]>("INSERT INTO notes VALUES (?)");
  const add = (text: string) => void insert.run(text);
  const kept = () => db.prepare<[], string>("SELECT text FROM notes ORDER BY rowid").pluck().all();
  const queue = (text: string, onDone = () => {}) =>
    commit.queue(
      () => add(text),
      () => {
        told.push(text);
        onDone();
      },
      () => told.push(`${text} failed`),
    );
  return { db, commit, told, reported, add, kept, queue };
}

test("commits a turn's writes together and tells in order, only afterwards", async () => {
  const { db, told, kept, queue } = setUp();
  let begun = 0;
  db.function("begun", () => (begun += 1));
  db.exec("CREATE TEMP TRIGGER counts AFTER INSERT ON notes BEGIN SELECT begun(); END");
  queue("a", () => expect(db.inTransaction).toBe(false));
  queue("b");
  expect([kept(), told]).toEqual([[], []]);
  await turn();
  expect(kept()).toEqual(["a", "b"]);
  expect(told).toEqual(["a", "b"]);
  expect(begun).toBe(2);
});

test("a write that fails takes no neighbour with it", async () => {
  const { told, kept, queue } = setUp();
  queue("a");
  queue("bad");
  queue("b");
  queue("a");
  await turn();
  expect(kept()).toEqual(["a", "b"]);
  expect(told).toEqual(["a", "bad failed", "b", "a failed"]);
});

test("now() commits what is queued first, and throws for its own write alone", () => {
  const { commit, told, kept, queue, add } = setUp();
  queue("first");
  expect(commit.now(() => (add("second"), told.push("in now"), "answer"))).toBe("answer");
  expect(told).toEqual(["first", "in now"]);
  expect(kept()).toEqual(["first", "second"]);

  queue("bad");
  expect(() => commit.now(() => add("bad"))).toThrow(/CHECK/);
  expect(() => commit.now(() => add("third"))).not.toThrow();
  expect(kept()).toEqual(["first", "second", "third"]);
});

test("a now() that fails halfway leaves nothing behind", () => {
  const { commit, kept, add } = setUp();
  expect(() => commit.now(() => (add("half"), add("bad")))).toThrow(/CHECK/);
  expect(kept()).toEqual([]);
});

test("write() resolves after the commit and rejects with the cause", async () => {
  const { commit, kept, add } = setUp();
  const good = commit.write(() => add("good")).then(() => kept());
  const bad = commit.write(() => add("bad"));
  await expect(bad).rejects.toThrow(/CHECK/);
  expect(await good).toEqual(["good"]);
});

test("who throws when told is reported and takes no neighbour with it", async () => {
  const { commit, told, reported, queue } = setUp();
  queue("a", () => {
    throw new Error("listener");
  });
  queue("b");
  await turn();
  expect(told).toEqual(["a", "b"]);
  expect(reported).toEqual([new Error("listener")]);
  expect(commit.now(() => 1)).toBe(1);
});

test("who writes when told still sees everything told in the order of the commits", async () => {
  const { commit, told, kept, queue, add } = setUp();
  queue("a", () => {
    queue("c");
    commit.now(() => (add("d"), told.push("in now")));
  });
  queue("b");
  await turn();
  expect(told).toEqual(["a", "b", "c", "in now"]);
  expect(kept()).toEqual(["a", "b", "c", "d"]);
});

test("what is committed is told before anything else is written", async () => {
  const { commit, told, queue, add } = setUp();
  queue("a", () => commit.now(() => (add("c"), told.push("in now"))));
  queue("b");
  await turn();
  expect(told).toEqual(["a", "b", "in now"]);
});

test("everything fails when the database is closed, and says so", async () => {
  const { db, told, queue } = setUp();
  queue("late");
  db.close();
  await turn();
  expect(told).toEqual(["late failed"]);
});
