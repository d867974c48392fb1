import { expect, test } from "vitest";
import { atOnce, giveWay, inTurns, ownTurn, type Steps } from "./slices.ts";

const work = (ms: number) => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};
const turnOver = () => new Promise<void>((resolve) => void setImmediate(resolve));

test("work gives way when its turn has lasted, and not before", async () => {
  await turnOver();
  const early = giveWay();
  work(12);
  let hasHadTurn = false;
  setImmediate(() => (hasHadTurn = true));
  const late = giveWay();
  expect([early, late]).toEqual([undefined, expect.any(Promise)]);
  await late;
  const afterwards = giveWay();
  expect([hasHadTurn, afterwards]).toEqual([true, undefined]);
});

test("what all of them take in one turn counts together", async () => {
  await turnOver();
  const turns: number[] = [];
  let turn = 0;
  const count = setInterval(() => (turn += 1), 0);
  const one = async () => {
    for (let step = 0; step < 3; step += 1) {
      work(6);
      await giveWay();
      turns.push(turn);
    }
  };
  await Promise.all([one(), one(), one()]);
  clearInterval(count);
  expect(new Set(turns).size).toBeGreaterThanOrEqual(4);
});

test("who wants turns of their own never share one", async () => {
  const inTurn: number[] = [];
  let turn = 0;
  let isOver = false;
  const next = () => {
    turn += 1;
    if (!isOver) setImmediate(next);
  };
  setImmediate(next);
  await Promise.all(Array.from({ length: 20 }, () => ownTurn().then(() => inTurn.push(turn))));
  isOver = true;
  expect(new Set(inTurn).size).toBe(20);
});

test("steps are done at once or in turns, with the same end", async () => {
  const done: number[] = [];
  function* steps(count: number): Steps<string> {
    for (let at = 0; at < count; at += 1) {
      done.push(at);
      yield;
    }
    return "all";
  }
  expect(atOnce(steps(3))).toBe("all");
  expect(done.splice(0)).toEqual([0, 1, 2]);
  const going = inTurns(steps(3));
  expect(done).toEqual([0]);
  expect(await going).toBe("all");
  expect(done).toEqual([0, 1, 2]);
  expect(inTurns(steps(0))).toBe("all");
});

test("a step that fails ends it", async () => {
  function* steps(): Steps<string> {
    yield;
    throw new Error("no");
  }
  expect(() => atOnce(steps())).toThrow("no");
  await expect(inTurns(steps())).rejects.toThrow("no");
});
