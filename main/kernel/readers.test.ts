import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { openDatabase } from "./database.ts";
import { createReaderThread } from "./reader-thread.ts";
import { createStorage } from "./storage.ts";

const NOTES = { id: "1", sql: "CREATE TABLE notes (key INTEGER PRIMARY KEY, text TEXT) STRICT" };

function setUp(file: string) {
  const reported: unknown[] = [];
  const storage = createStorage(openDatabase(file, [NOTES]), (error) => reported.push(error));
  onTestFinished(() => storage.close());
  const insert = storage.db.prepare<[string]>("INSERT INTO notes (text) VALUES (?)");
  const texts = storage.readers.statement<[number], { text: string }>(
    "SELECT text FROM notes WHERE key > ? ORDER BY key",
  );
  return { storage, insert, texts, add: (text: string) => void insert.run(text) };
}

const ofFile = () => setUp(join(temporaryFolder(), "a.db"));
/** Long enough to be stopped on the way; every row is a chance. */
const COUNTING = `WITH RECURSIVE counting (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counting WHERE n < ?)
  SELECT n FROM counting`;

describe.each([
  { of: "a file, in a thread", make: ofFile },
  { of: "memory, on the spot", make: () => setUp(":memory:") },
])("readers of $of", ({ make }) => {
  test("see what was committed before", async () => {
    const { add, texts } = make();
    add("one");
    expect(await texts([0])).toEqual([{ text: "one" }]);
    add("two");
    expect(await texts([1])).toEqual([{ text: "two" }]);
  });

  test("see what was only queued", async () => {
    const { storage, insert, texts } = make();
    void storage.commit.write(() => insert.run("queued"));
    expect(await texts([0])).toEqual([{ text: "queued" }]);
  });

  test("answer each with its own, in any number", async () => {
    const { storage } = make();
    const echo = storage.readers.statement<[number], { n: number }>("SELECT ? AS n");
    const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => echo([n])));
    expect(answers).toEqual(Array.from({ length: 100 }, (_, n) => [{ n }]));
  });

  test("refuse what is no statement, and go on", async () => {
    const { storage, texts } = make();
    await expect(
      (async () => storage.readers.statement("SELECT nonsense FROM nowhere")([]))(),
    ).rejects.toThrow(/no such table: nowhere/);
    expect(await texts([0])).toEqual([]);
  });

  test("give nothing to who gave up", async () => {
    const { texts } = make();
    await expect(texts([0], AbortSignal.abort(new Error("gave up")))).rejects.toThrow("gave up");
    const later = new AbortController();
    const answer = texts([0], later.signal);
    later.abort(new Error("gave up"));
    await expect(answer).rejects.toThrow("gave up");
    expect(await texts([0])).toEqual([]);
  });
});

describe("the thread", () => {
  test("reads while the writer is in the middle of writing", async () => {
    const { storage, add, texts } = ofFile();
    add("before");
    storage.db.exec("BEGIN IMMEDIATE; INSERT INTO notes (text) VALUES ('uncommitted')");
    expect(await texts([0])).toEqual([{ text: "before" }]);
    storage.db.exec("COMMIT");
    expect(await texts([1])).toEqual([{ text: "uncommitted" }]);
  });

  test("leaves the event loop alone", async () => {
    const { storage } = ofFile();
    const count = storage.readers.statement<[number], { n: number }>(`SELECT max(n) AS n FROM (${COUNTING})`);
    let turns = 0;
    let answered = false;
    const answer = count([1_000_000]).finally(() => (answered = true));
    while (!answered) {
      turns += 1;
      await new Promise(setImmediate);
    }
    expect(await answer).toEqual([{ n: 1_000_000 }]);
    expect(turns).toBeGreaterThan(10);
  });

  test("carries the log over while the writer writes on", async () => {
    const { storage, add, texts } = ofFile();
    const state = () => storage.db.pragma("wal_checkpoint(NOOP)") as [{ log: number; checkpointed: number }];
    add("one");
    expect(state()[0].log).toBeGreaterThan(state()[0].checkpointed);
    storage.readers.checkpoint();
    storage.readers.checkpoint();
    await texts([0]);
    expect(state()[0].log).toBe(state()[0].checkpointed);
    storage.db.exec("BEGIN IMMEDIATE; INSERT INTO notes (text) VALUES ('two')");
    storage.readers.checkpoint();
    expect(await texts([0])).toEqual([{ text: "one" }]);
    storage.db.exec("COMMIT");
    expect(await texts([1])).toEqual([{ text: "two" }]);
  });

  test("stops at a row that nobody wants, and drops what waits and is not wanted either", async () => {
    const { storage, texts } = ofFile();
    // Hours of work, if it were done.
    const count = storage.readers.statement<[number], { n: number }>(`${COUNTING} WHERE n % 1000000 = 0`);
    const [running, waiting] = [new AbortController(), new AbortController()];
    const answers = [count([1e12], running.signal), count([1e12], waiting.signal)];
    waiting.abort(new Error("not this one"));
    running.abort(new Error("nor this one"));
    await expect(answers[1]).rejects.toThrow("not this one");
    await expect(answers[0]).rejects.toThrow("nor this one");
    expect(await texts([0])).toEqual([]);
  });

  test("takes no more than can wait", async () => {
    const { texts } = ofFile();
    const answers = await Promise.allSettled(Array.from({ length: 300 }, () => texts([0])));
    const refused = answers.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(300 - 257);
    expect(refused[0]).toMatchObject({ reason: { code: "request.busy", status: 503 } });
    expect(await texts([0])).toEqual([]);
  });

  test("that breaks fails one read, and the next has a new thread", async () => {
    const { storage, texts } = ofFile();
    const file = storage.db.name;
    renameSync(file, `${file}.away`);
    const broken = texts([0]);
    await expect(broken).rejects.toThrow(/unable to open/);
    renameSync(`${file}.away`, file);
    expect(await texts([0])).toEqual([]);
  });

  test.skipIf(process.platform !== "linux")("goes when nothing is read, and comes back", async () => {
    const { storage, add } = ofFile();
    const readers = createReaderThread(storage.db.name, () => {}, String, 50);
    const texts = readers.statement<[number], { text: string }>("SELECT text FROM notes WHERE key > ?");
    const before = readerThreads();
    for (const text of ["one", "two"]) {
      const reading = texts([0]);
      expect(await reading).toHaveLength(text === "one" ? 0 : 1);
      expect(readerThreads()).toBe(before + 1);
      await vi.waitFor(() => expect(readerThreads()).toBe(before), { timeout: 10_000 });
      add(text);
    }
    expect(await texts([0])).toEqual([{ text: "one" }, { text: "two" }]);
    await readers.close();
    expect(readerThreads()).toBe(before);
  });

  test("is gone after closing, with the files that only open databases have", async () => {
    const { storage, texts } = ofFile();
    await texts([0]);
    const running = texts([0]);
    const waiting = texts([0]);
    const closed = storage.close();
    await expect(waiting).rejects.toThrow("the database is closed");
    await expect(texts([0])).rejects.toThrow("the database is closed");
    await closed;
    expect(await running).toEqual([]);
    const again = setUp(storage.db.name);
    expect(await again.texts([0])).toEqual([]);
  });
});

function readerThreads(): number {
  const names = readdirSync("/proc/self/task").map((id) => {
    try {
      return readFileSync(`/proc/self/task/${id}/comm`, "utf8");
    } catch {
      return "gone meanwhile";
    }
  });
  return names.filter((name) => name === "reader\n").length;
}
