import { expect, test } from "vitest";
import { createFakeClock } from "../testing/fake-clock.ts";
import { deadlineIn } from "./deadline.ts";
import { createWaiters } from "./waiters.ts";

const NEVER = new AbortController().signal;

function create() {
  const clock = createFakeClock();
  const heard: string[] = [];
  const waiters = createWaiters<number, string, string>({
    clock,
    timedOut: (item) => heard.push(`${item} timed out`),
    aborted: (item, reason) => heard.push(`${item} aborted: ${String(reason)}`),
  });
  return { clock, heard, waiters };
}

test("whoever takes it out answers it, and nobody else can", async () => {
  const { clock, heard, waiters } = create();
  const gone = new AbortController();
  const answer = waiters.wait(1, "a", { deadline: deadlineIn(clock, 1_000), signal: gone.signal });
  expect([waiters.find(1), waiters.count(), clock.waiting]).toEqual(["a", 1, 1]);
  waiters.take(1)?.("yes");
  expect(waiters.take(1)).toBeNull();
  expect(await answer).toBe("yes");
  expect([waiters.find(1), waiters.count(), clock.waiting]).toEqual([undefined, 0, 0]);
  gone.abort("late");
  clock.advance(1_000);
  expect(heard).toEqual([]);
});

test("they are listed oldest first; a list does not change while it is gone through", () => {
  const { waiters } = create();
  for (const id of [3, 1, 2]) void waiters.wait(id, `item ${id}`, { deadline: null, signal: NEVER });
  const all = waiters.all();
  waiters.take(1);
  expect(all).toEqual(["item 3", "item 1", "item 2"]);
  expect(waiters.all()).toEqual(["item 3", "item 2"]);
});

test("time that is up and a signal that aborts are told while it still waits, each once", () => {
  const { clock, heard, waiters } = create();
  const gone = new AbortController();
  void waiters.wait(1, "a", { deadline: deadlineIn(clock, 1_000), signal: NEVER });
  void waiters.wait(2, "b", { deadline: null, signal: gone.signal });
  clock.advance(999);
  expect(heard).toEqual([]);
  clock.advance(1);
  gone.abort("hung up");
  clock.advance(1e9);
  expect(heard).toEqual(["a timed out", "b aborted: hung up"]);
  expect(waiters.count()).toBe(2);
});

test("who is gone already is told at once, and can be taken out then", async () => {
  const heard: string[] = [];
  const waiters = createWaiters<number, string, string>({
    clock: createFakeClock(),
    timedOut: () => {},
    aborted(item) {
      heard.push(item);
      waiters.take(1)?.("too late");
    },
  });
  const answer = waiters.wait(1, "a", { deadline: null, signal: AbortSignal.abort("gone") });
  expect(await answer).toBe("too late");
  expect([heard, waiters.count()]).toEqual([["a"], 0]);
});

test("the same id can't wait twice", () => {
  const { waiters } = create();
  void waiters.wait(1, "a", { deadline: null, signal: NEVER });
  expect(() => waiters.wait(1, "b", { deadline: null, signal: NEVER })).toThrow("1 waits already");
  expect(waiters.all()).toEqual(["a"]);
});

test("what is over is told before anybody finds it, also where no timer has", () => {
  const { clock, heard, waiters } = create();
  const gone = new AbortController();
  void waiters.wait(1, "a", { deadline: deadlineIn(clock, 1_000), signal: NEVER });
  void waiters.wait(2, "b", { deadline: deadlineIn(clock, 1_000), signal: NEVER });
  const lookAgain = () => void (clock.now() > Date.UTC(2026, 0, 1) && gone.abort("left"));
  void waiters.wait(3, "c", { deadline: null, signal: gone.signal, lookAgain });
  waiters.find(3);
  expect(heard).toEqual([]);
  clock.suspend(1_000);
  waiters.find(1);
  expect(heard).toEqual(["a timed out"]);
  waiters.all();
  waiters.find(3);
  expect(heard).toEqual(["a timed out", "b timed out", "c aborted: left"]);
  clock.advance(1e6);
  expect(heard).toHaveLength(3);
});
