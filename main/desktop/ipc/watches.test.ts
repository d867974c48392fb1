import { expect, test } from "vitest";
import type { RunEvent } from "../../areas/runs/contract.ts";
import type { PageEvent } from "../../../preload/contract.ts";
import { createWatches } from "./watches.ts";

const id = (digit: string) => `run_${digit.repeat(32)}`;

function setUp() {
  const following: string[] = [];
  const listeners = new Map<string, (events: readonly RunEvent[]) => void>();
  const sent: PageEvent[] = [];
  const watches = createWatches(
    (runId, fromSeq, listener) => {
      following.push(`follow ${runId[4]} from ${fromSeq}`);
      listeners.set(runId, listener);
      return () => void following.push(`leave ${runId[4]}`);
    },
    (event) => sent.push(event),
  );
  const take = () => following.splice(0);
  return { watches, listeners, sent, take };
}

test("a run that stays in the list is not followed anew", () => {
  const { watches, take } = setUp();
  watches.replace([{ id: id("a"), fromSeq: 0 }]);
  watches.replace([
    { id: id("a"), fromSeq: 0 },
    { id: id("b"), fromSeq: 5 },
  ]);
  expect(take()).toEqual(["follow a from 0", "follow b from 5"]);
  watches.replace([{ id: id("b"), fromSeq: 9 }]);
  expect(take()).toEqual(["leave a", "leave b", "follow b from 9"]);
  watches.stop();
  expect(take()).toEqual(["leave b"]);
});

test("progress is told outside the count of events", () => {
  const { watches, listeners, sent } = setUp();
  watches.replace([{ id: id("a"), fromSeq: 0 }]);
  const events: RunEvent[] = [{ seq: 1, at: 1, type: "loop_start" }];
  listeners.get(id("a"))?.(events);
  expect(sent).toEqual([{ type: "runs.progressed", seq: 0, payload: { runId: id("a"), events } }]);
});

test.each([
  null,
  "all",
  [{ id: "../etc", fromSeq: 0 }],
  [{ id: id("a"), fromSeq: -1 }],
  Array.from({ length: 33 }, () => ({ id: id("a"), fromSeq: 0 })),
])("what is no list of runs watches nothing", (list) => {
  const { watches, take } = setUp();
  watches.replace(list);
  expect(take()).toEqual([]);
});
