import { expect, test } from "vitest";
import { createCore } from "../../../testing/core.ts";
import type { RunEvent } from "../contract.ts";
import { createEventPacker } from "../stored-events.ts";
import { atOnce } from "../../../kernel/slices.ts";

const delta = (seq: number): RunEvent => ({ seq, at: 1, type: "text_delta", delta: String(seq) });

const chunk = (...events: RunEvent[]) => ({ events, lastSeq: events.at(-1)?.seq ?? 0 });

test("the events of a run never get into the log of the next one", () => {
  const { eventStore } = createCore();
  eventStore.appendEvents(1, chunk(delta(1), delta(2 ** 24 - 1)));
  expect(() => eventStore.appendEvents(1, chunk(delta(2 ** 24), delta(2 ** 24 + 1)))).toThrow("at most");
  expect(atOnce(eventStore.readEvents(2, 0))).toEqual([]);
  expect(atOnce(eventStore.readEvents(1, 0)).map(({ seq }) => seq)).toEqual([1, 2 ** 24 - 1]);
});

test("what is read at once is as much as is told of it, not as is kept", () => {
  const { eventStore } = createCore();
  const call = { id: "c", name: "t", arguments: { text: "x".repeat(400_000) } };
  const starts = Array.from({ length: 20 }, (_, at) => ({
    seq: at + 2,
    at: 1,
    type: "tool_start" as const,
    call,
  }));
  const said: RunEvent = {
    seq: 1,
    at: 1,
    type: "message_end",
    message: { role: "assistant", content: [{ type: "tool_call", toolCall: call }], createdAt: 1 },
  };
  const pack = createEventPacker();
  eventStore.appendEvents(1, pack([said, ...starts]));
  const seen: number[] = [];
  for (let events = atOnce(eventStore.readEvents(1, 0)); events.length > 0;) {
    expect(events.length).toBeLessThan(3);
    seen.push(...events.map(({ seq }) => seq));
    events = atOnce(eventStore.readEvents(1, seen.at(-1) ?? 0));
  }
  expect(seen).toEqual([said, ...starts].map(({ seq }) => seq));
});
