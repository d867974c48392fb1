import { expect, test } from "vitest";
import { turn } from "../../testing/core.ts";
import { createSessionQueue } from "./session-queue.ts";

function setUp() {
  const queue = createSessionQueue();
  const order: string[] = [];
  const enter = (name: string, session = "s") => {
    const controller = new AbortController();
    const place = { abort: () => controller.abort(), leave: () => {} };
    void queue.enter(session, controller.signal).then((leave) => {
      order.push(leave === null ? `${name} gave up` : name);
      place.leave = leave ?? (() => {});
    });
    return place;
  };
  return { queue, order, enter };
}

test("one at a time per session, in order; sessions do not wait for each other", async () => {
  const { order, enter } = setUp();
  const [a, b, other] = [enter("a"), enter("b"), enter("other", "t")];
  enter("c");
  await turn();
  expect(order).toEqual(["a", "other"]);
  other.leave();
  a.leave();
  await turn();
  expect(order).toEqual(["a", "other", "b"]);
  b.leave();
  await turn();
  expect(order).toEqual(["a", "other", "b", "c"]);
});

test("who is cancelled leaves the line at once and takes nobody's turn", async () => {
  const { order, enter } = setUp();
  const a = enter("a");
  const b = enter("b");
  enter("c");
  await turn();
  b.abort();
  await turn();
  expect(order).toEqual(["a", "b gave up"]);
  a.leave();
  b.abort();
  await turn();
  expect(order).toEqual(["a", "b gave up", "c"]);
});

test("cancelled when it is its turn already: it still leaves by the way out", async () => {
  const { order, enter } = setUp();
  const a = enter("a");
  enter("b");
  await turn();
  a.abort();
  await turn();
  expect(order).toEqual(["a"]);
  a.leave();
  await turn();
  expect(order).toEqual(["a", "b"]);
});

test("who was cancelled before never gets in the way", async () => {
  const { queue } = setUp();
  expect(await queue.enter("s", AbortSignal.abort())).toBeNull();
  expect(await queue.enter("s", new AbortController().signal)).not.toBeNull();
});

test("an empty session is forgotten and can be entered again", async () => {
  const { order, enter } = setUp();
  for (const name of ["a", "b"]) {
    const place = enter(name);
    await turn();
    place.leave();
  }
  expect(order).toEqual(["a", "b"]);
});
