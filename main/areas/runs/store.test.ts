import { expect, test } from "vitest";
import { createCore } from "../../testing/core.ts";
import type { RunEvent } from "./contract.ts";

const delta = (seq: number): RunEvent => ({ seq, at: 1, type: "text_delta", delta: String(seq) });

const chunk = (...events: RunEvent[]) => ({ events, lastSeq: events.at(-1)?.seq ?? 0 });

test("the events of a run never get into the log of the next one", () => {
  const { runStore } = createCore();
  runStore.appendEvents(1, chunk(delta(1), delta(2 ** 24 - 1)));
  expect(() => runStore.appendEvents(1, chunk(delta(2 ** 24), delta(2 ** 24 + 1)))).toThrow("at most");
  expect(runStore.readEvents(2, 0)).toEqual([]);
  expect(runStore.readEvents(1, 0).map(({ seq }) => seq)).toEqual([1, 2 ** 24 - 1]);
});
