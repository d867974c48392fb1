import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { createCore, turn, type Core } from "../../../testing/core.ts";
import type { RunId } from "../../../contract/ids.ts";
import { createRecordingTool } from "../../../testing/recording-tool.ts";
import type { RunEvent } from "../contract.ts";
import { calls, says } from "../loop/testing/scripted-model.ts";
import { core, end, start } from "../testing/start-run.ts";
import type { StoredEvent } from "../stored-events.ts";
import { decodeEvents, encodeEvents } from "./archive-codec.ts";
import { atOnce } from "../../../kernel/slices.ts";

const WORDS = Array.from({ length: 50 }, (_, i) => `word${"abcdefgh".slice(0, i % 9)}${i} `);

const count = ({ db }: Core, table: "run_events" | "run_archives") =>
  db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;

/** As a daemon that has just started reads them. */
const replayed = (made: Core, id: RunId, after = 0): RunEvent[] =>
  atOnce(createCore({ db: made.db, clock: made.clock }).runs.events(id, after, 5_000)).events;

/** Lets the archiver do all there is to do. */
async function archive(made: Core): Promise<void> {
  const before = count(made, "run_events");
  made.clock.advance(10_001);
  for (let waited = 0; waited < 500 && count(made, "run_events") === before; waited += 1) {
    await pause(2);
    made.clock.advance(25);
  }
  await turn();
}

test("the log of an ended run is moved, smaller, and reads to the byte as before, from wherever it is read", async () => {
  const tool = createRecordingTool("touch", {
    asks: false,
    execute: () => ({ content: "x".repeat(3_000), isError: false }),
  });
  const made = core([calls(["touch", '{"value":"1"}']), says(...WORDS)], { tools: [tool] });
  const { id } = await start(made);
  await end(made, id);
  const seen = JSON.stringify(replayed(made, id));
  expect(count(made, "run_events")).toBeGreaterThan(0);
  expect(count(made, "run_archives")).toBe(0);

  await archive(made);
  expect(count(made, "run_events")).toBe(0);
  expect(count(made, "run_archives")).toBe(1);
  const size = made.db.prepare<[], number>("SELECT sum(length(body)) FROM run_archives").pluck().get() ?? 0;
  expect(size * 5).toBeLessThan(seen.length);
  expect(JSON.stringify(replayed(made, id))).toBe(seen);
  const events = JSON.parse(seen) as RunEvent[];
  for (let after = 0; after <= events.length; after += 1) {
    expect(JSON.stringify(replayed(made, id, after))).toBe(JSON.stringify(events.slice(after)));
  }
});

test("a run that goes on stays as it is, and what is not archived yet is read behind what is", async () => {
  const made = core([says(...WORDS), says(...WORDS)]);
  const first = await start(made);
  await end(made, first.id);
  const second = await start(made);
  await end(made, second.id);
  const seen = [first.id, second.id].map((id) => JSON.stringify(replayed(made, id)));
  // As if it had not ended, and as if the other's log had been written in two pieces of which one was moved.
  made.db.prepare("UPDATE runs SET ended_at = NULL WHERE id = ?").run(second.id);
  await archive(made);
  expect([count(made, "run_events") > 0, count(made, "run_archives")]).toEqual([true, 1]);
  expect([first.id, second.id].map((id) => JSON.stringify(replayed(made, id)))).toEqual(seen);

  const { eventStore } = made;
  const key = made.db.prepare<[], number>("SELECT key FROM runs ORDER BY key LIMIT 1").pluck().get() ?? 0;
  const lastSeq = (JSON.parse(seen[0] ?? "[]") as RunEvent[]).at(-1)?.seq ?? 0;
  const more: RunEvent = { seq: lastSeq + 1, at: 1, type: "loop_end" };
  eventStore.appendEvents(key, { events: [more], lastSeq: more.seq });
  const read = [atOnce(eventStore.readEvents(key, 0)), atOnce(eventStore.readEvents(key, lastSeq))];
  expect(read.map((events) => events.at(-1))).toEqual([more, more]);
  expect(read[0]).toHaveLength(lastSeq + 1);
});

test("what is deleted while it is compressed does not come back", async () => {
  const made = core([says(...WORDS)]);
  const { id } = await start(made);
  await end(made, id);
  made.clock.advance(10_001);
  // Now it is being compressed.
  made.db.exec("DELETE FROM run_events");
  const { waiting } = made.clock;
  // The next look is set for when this one is done.
  while (made.clock.waiting === waiting) await pause(2);
  expect(count(made, "run_archives")).toBe(0);
});

test("what was kept in format 1 can always be read", async () => {
  const events: StoredEvent[] = [
    { seq: 1, at: 5, type: "run_start", clientId: "cli:window", prompt: "Größe \ud800 🙂" },
    { seq: 2, at: 5, type: "message_start", message: { role: "assistant", content: [], createdAt: 5 } },
    { seq: 3, at: 5, type: "text_deltas", deltas: ["Hel", "lo \ud83d", "\ude42"] },
    { seq: 6, at: 6, type: "text_deltas", deltas: [" again"] },
    {
      seq: 7,
      at: 6,
      type: "message_end",
      message: { role: "assistant", content: [{ type: "text", text: "Hello 🙂 again" }], createdAt: 5 },
    },
    { seq: 8, at: 6, type: "text_deltas", deltas: ["not said ", "again"] },
  ];
  const kept =
    "AUNLmqbkJU33osPbDs9PVYgpTbEwMFD4MH9mE0ZqNaVGGkMKOtNa9KRuijcpmWNNS6B0ZIhIQWYQk8yIM8kC2SQzhCnm6KZQNSF6pObk5IPDWCExPTEzD5wwsQeMBVbvgIvKYliZCXK7Ul5+iQKoilAAVVlgQ2NrYwE=";
  const made = await encodeEvents(events);
  expect(JSON.stringify(decodeEvents(Buffer.from(kept, "base64")))).toBe(JSON.stringify(events));
  expect(JSON.stringify(decodeEvents(made))).toBe(JSON.stringify(events));
  expect(() => decodeEvents(Buffer.of(9))).toThrow("format 9");
});
