import { describe, expect, test } from "vitest";
import type { RunId, SessionId } from "../../contract/ids.ts";
import { createCore, turn } from "../../testing/core.ts";
import type { RunEventBody } from "./contract.ts";
import type { EventBatch, Follower } from "./event-log.ts";
import { atOnce } from "../../kernel/slices.ts";

type Following = ReturnType<ReturnType<typeof setUp>["follow"]>;

const delta = (text: string): RunEventBody => ({ type: "text_delta", delta: text });
/** Enough of them do not fit into what is kept in memory. */
const HUGE = "x".repeat(400_000);

let runCount = 0;

function setUp() {
  const { db, commit, log, runStore, eventStore, reported } = createCore();
  const open = () => {
    runCount += 1;
    const runId = `run_${String(runCount).padStart(32, "0")}` as RunId;
    let key = 0;
    commit.queue(
      () => {
        key = runStore.insert({
          id: runId,
          sessionId: "s" as SessionId,
          clientId: "",
          title: "",
          status: "queued",
          detached: true,
          provider: "p",
          model: "",
          startedAt: 0,
          endedAt: null,
          error: null,
          usage: null,
          toolCalls: 0,
          lastSeq: 0,
        });
      },
      () => {},
      () => {},
    );
    return { runId, run: log.open(runId, () => key), key: () => key };
  };
  const follow = (runId: string, after = 0, options: { key?: number; room?: number } = {}) => {
    const seen: number[] = [];
    const texts: string[] = [];
    const batches: EventBatch[] = [];
    let room = options.room ?? Infinity;
    const state = { seen, texts, batches, ended: false, makeRoom: (count: number) => (room = count) };
    const follower: Follower = {
      push(batch) {
        batches.push(batch);
        for (const event of batch.events) {
          seen.push(event.seq);
          if (event.type === "text_delta") texts.push(event.delta);
        }
        room -= 1;
        return room > 0;
      },
      end: () => (state.ended = true),
    };
    return Object.assign(state, log.follow(runId, options.key ?? null, after, follower));
  };
  const emptyMemory = async () => {
    const { run } = open();
    for (let i = 0; i < 4; i += 1) {
      run.append(delta(HUGE));
      await turn();
    }
    run.close();
    await turn();
  };
  return { db, commit, log, runStore, eventStore, reported, open, follow, emptyMemory };
}

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

test("nobody sees an event before it is committed", async () => {
  const { db, open, follow, eventStore } = setUp();
  const { run, runId, key } = open();
  const follower = follow(runId);
  run.append(delta("a"));
  run.append(delta("b"));
  expect([run.lastSeq, follower.seen]).toEqual([2, []]);
  db.function("seen", () => follower.seen.length);
  db.exec(`CREATE TEMP TABLE at_write (seen);
    CREATE TEMP TRIGGER t AFTER INSERT ON run_events BEGIN INSERT INTO at_write SELECT seen(); END`);
  await turn();
  expect(follower.seen).toEqual([1, 2]);
  expect(atOnce(eventStore.readEvents(key(), 0)).map(({ seq }) => seq)).toEqual([1, 2]);
  expect(db.prepare("SELECT seen FROM at_write").pluck().all()).toEqual([0]);
});

test("all followers get the very same batch", async () => {
  const { open, follow } = setUp();
  const { run, runId } = open();
  const [one, two] = [follow(runId), follow(runId)];
  run.append(delta("a"));
  await turn();
  const late = follow(runId);
  expect(one.batches[0]).toBe(two.batches[0]);
  expect(one.batches[0]).toBe(late.batches[0]);
});

describe.each(["in memory", "on disk"])("a log %s", (where) => {
  const began = async () => {
    const core = setUp();
    const { run, runId, key } = core.open();
    for (let i = 1; i <= 30; i += 1) {
      run.append(delta(`${i}`));
      if (i % 4 === 0) await turn();
    }
    await turn();
    if (where === "on disk") await core.emptyMemory();
    return { ...core, run, runId, key };
  };

  test("is followed from anywhere, then live, then to its end", async () => {
    const { run, runId, key, follow } = await began();
    const followers: [number, Following][] = [0, 1, 4, 5, 29, 30].map((after) => [
      after,
      follow(runId, after),
    ]);
    for (const [after, { seen }] of followers) expect(seen).toEqual(upTo(30, after + 1));
    run.append(delta("31"));
    run.append(delta("32"));
    run.close();
    await turn();
    for (const [after, { seen, ended }] of followers) {
      expect(seen).toEqual(upTo(32, after + 1));
      expect(ended).toBe(true);
    }
    const replay = follow(runId, 0, { key: key() });
    expect([replay.seen, replay.ended]).toEqual([upTo(32), true]);
  });

  test("gives nothing to who asks for what is not there yet, until it is", async () => {
    const { run, runId, follow } = await began();
    const ahead = follow(runId, 31);
    run.append(delta("31"));
    await turn();
    expect([ahead.seen, ahead.ended]).toEqual([[], false]);
    run.append(delta("32"));
    run.close();
    await turn();
    expect([ahead.seen, ahead.ended]).toEqual([[32], true]);
    const beyond = follow(runId, 1_000_000);
    expect([beyond.seen, beyond.ended]).toEqual([[], true]);
  });

  test("waits for who can't keep up, and misses nothing", async () => {
    const { run, runId, follow } = await began();
    const slow = follow(runId, 0, { room: 1 });
    const seenAtFirst = slow.seen.length;
    expect(seenAtFirst).toBeGreaterThan(0);
    run.append(delta("31"));
    await turn();
    run.append(delta("32"));
    run.close();
    await turn();
    expect([slow.seen.length, slow.ended]).toEqual([seenAtFirst, false]);
    for (let i = 0; i < 40 && !slow.ended; i += 1) {
      slow.makeRoom(1);
      slow.resume();
    }
    expect([slow.seen, slow.ended]).toEqual([upTo(32), true]);
    slow.resume();
    expect(slow.seen).toHaveLength(32);
  });

  test("leaves alone who has stopped", async () => {
    const { run, runId, follow } = await began();
    const gone = follow(runId);
    gone.stop();
    run.append(delta("31"));
    run.close();
    await turn();
    gone.resume();
    expect([gone.seen.length, gone.ended]).toEqual([30, false]);
  });

  test("is read in pages", async () => {
    const { log, runId } = await began();
    const read: number[] = [];
    for (;;) {
      const events = atOnce(log.read(runId, null, read.at(-1) ?? 0));
      if (events.length === 0) break;
      read.push(...events.map(({ seq }) => seq));
    }
    expect(read).toEqual(upTo(30));
    expect(atOnce(log.read(runId, null, 7))[0]?.seq).toBe(8);
  });
});

test("much that comes at once is written over several turns, in order, and its end comes last", async () => {
  const { open, follow } = setUp();
  const { run, runId } = open();
  const follower = follow(runId);
  for (let i = 0; i < 8; i += 1) run.append(delta(HUGE));
  const caughtUp = run.caughtUp();
  expect(caughtUp).not.toBeNull();
  await turn();
  expect([follower.seen.length > 0, follower.seen.length < 8]).toEqual([true, true]);
  await caughtUp;
  expect(follower.seen).toEqual(upTo(8));
  expect(follower.texts.every((text) => text === HUGE)).toBe(true);
  run.append(delta("end"));
  expect(run.caughtUp()).toBeNull();
  run.close();
  await turn();
  expect([follower.texts.at(-1), follower.ended]).toEqual(["end", true]);
});

test("a run that is over and out of memory is read by its key", async () => {
  const { open, follow, emptyMemory, log } = setUp();
  const { run, runId, key } = open();
  for (let i = 1; i <= 3; i += 1) run.append(delta(`${i}`));
  run.close();
  await turn();
  await emptyMemory();
  const replay = follow(runId, 1, { key: key() });
  expect([replay.texts, replay.ended]).toEqual([["2", "3"], true]);
  expect(atOnce(log.read(runId, key(), 2)).map(({ seq }) => seq)).toEqual([3]);
});

test("an open run whose beginning has left the memory goes on from disk", async () => {
  const { open, follow } = setUp();
  const { run, runId } = open();
  const early = follow(runId, 0, { room: 1 });
  for (let i = 0; i < 6; i += 1) {
    run.append(delta(HUGE));
    run.append(delta(`${i}`));
    await turn();
  }
  const late = follow(runId);
  early.makeRoom(Infinity);
  early.resume();
  // Long events are read a few at a time, and everybody else has a turn in between.
  expect([late.seen.length < 12, early.seen.length < 12]).toEqual([true, true]);
  for (let i = 0; i < 12; i += 1) await turn();
  expect([late.seen, early.seen]).toEqual([upTo(12), upTo(12)]);
  run.append(delta("end"));
  run.close();
  await turn();
  expect([late.texts.at(-1), late.ended, early.texts.at(-1), early.ended]).toEqual([
    "end",
    true,
    "end",
    true,
  ]);
});

test("one run's log never runs into the next one's", async () => {
  const { open, follow, emptyMemory } = setUp();
  const [one, two] = [open(), open()];
  for (let i = 0; i < 3; i += 1) {
    one.run.append(delta("one"));
    two.run.append(delta("two"));
  }
  await turn();
  await emptyMemory();
  expect(follow(one.runId).texts).toEqual(["one", "one", "one"]);
  expect(follow(two.runId, 2).texts).toEqual(["two"]);
});

test("ten thousand events without a pause are written on the way", () => {
  const { open, follow } = setUp();
  const { run, runId } = open();
  const follower = follow(runId);
  for (let i = 1; i <= 10_000; i += 1) run.append(delta("x"));
  expect(follower.seen).toEqual(upTo(8_192));
});

test("nothing is appended after the end", async () => {
  const { open, follow } = setUp();
  const { run, runId } = open();
  run.append(delta("a"));
  run.close();
  run.append(delta("late"));
  await turn();
  expect(run.lastSeq).toBe(1);
  expect(follow(runId).texts).toEqual(["a"]);
});

describe("a write that fails", () => {
  const failNext = (db: ReturnType<typeof setUp>["db"], times: number) => {
    let left = times;
    db.function("luck", () => {
      left -= 1;
      if (left >= 0) throw new Error("disk full");
      return 1;
    });
    db.exec("CREATE TEMP TRIGGER fails BEFORE INSERT ON run_events BEGIN SELECT luck(); END");
  };

  test("is tried again alone: each event once, in order", async () => {
    const { db, open, follow, eventStore, reported } = setUp();
    const { run, runId, key } = open();
    run.append(delta("1"));
    await turn();
    const follower = follow(runId);
    failNext(db, 1);
    run.append(delta("2"));
    run.append(delta("3"));
    await turn();
    run.append(delta("4"));
    await turn();
    expect(follower.texts).toEqual(["1", "2", "3", "4"]);
    expect(atOnce(eventStore.readEvents(key(), 0)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(reported).toEqual([]);
  });

  test("for good is reported, and those who follow go on", async () => {
    const { db, open, follow, reported } = setUp();
    const { run, runId } = open();
    const follower = follow(runId);
    run.append(delta("1"));
    await turn();
    failNext(db, 2);
    run.append(delta("2"));
    await turn();
    run.append(delta("3"));
    run.close();
    await turn();
    expect([follower.texts, follower.ended]).toEqual([["1", "2", "3"], true]);
    expect(reported).toHaveLength(1);
  });

  test("still lets followers end that read from disk", async () => {
    const { db, open, follow, emptyMemory } = setUp();
    const { run, runId } = open();
    run.append(delta("1"));
    await turn();
    await emptyMemory();
    const slow = follow(runId, 0, { room: 1 });
    failNext(db, 2);
    run.append(delta("2"));
    run.close();
    await turn();
    slow.makeRoom(9);
    slow.resume();
    expect([slow.texts, slow.ended]).toEqual([["1"], true]);
  });

  test("a run that is not on record writes into no other run's log", async () => {
    const { log, db, reported } = setUp();
    const run = log.open(`run_${"f".repeat(32)}`, () => 0);
    run.append(delta("1"));
    await turn();
    expect(reported).toHaveLength(1);
    expect(db.prepare("SELECT count(*) FROM run_events").pluck().get()).toBe(0);
  });
});

test("a follower that throws disturbs neither the others nor what comes", async () => {
  const { open, log, follow, reported } = setUp();
  const { run, runId } = open();
  log.follow(runId, null, 0, {
    push() {
      throw new Error("broken");
    },
    end: () => {},
  });
  const follower = follow(runId);
  run.append(delta("1"));
  await turn();
  run.append(delta("2"));
  run.close();
  await turn();
  expect([follower.texts, follower.ended]).toEqual([["1", "2"], true]);
  expect(reported.length).toBeGreaterThan(0);
});
