import { expect, test } from "vitest";
import { createCore, until, type Core } from "../../testing/core.ts";
import { createRecordingTool, presentationOf } from "../../testing/recording-tool.ts";
import type { RunId } from "../../contract/ids.ts";
import type { PermissionSummary } from "../permissions/contract.ts";
import type { RunEvent } from "./contract.ts";
import { calls, says } from "./loop/testing/scripted-model.ts";
import { createEventPacker, unpackEvents } from "./stored-events.ts";
import { AT_POPUP, core, end, start } from "./testing/start-run.ts";
import { atOnce } from "../../kernel/slices.ts";

const LONG = `MARK${"abcdefghij".repeat(1_000)}`;
/** As a file is written: the target is a name, the argument is long, and the card shows it. */
const writing = () =>
  createRecordingTool("write", {
    subject: () => ({ action: "write", target: "notes.txt", remember: "narrow" }),
    present: (args) => ({ ...presentationOf("write", args), act: "write `notes.txt`" }),
  });

/** A run that asks twice, and all its events as somebody saw them who watched it. */
async function asked(args: readonly string[]): Promise<{ made: Core; id: RunId; seen: RunEvent[] }> {
  const turns = args.map((text) => calls(["write", text]));
  const made = core([...turns, says("done")], { tools: [writing()] });
  const { id } = await start(made);
  const seen: RunEvent[] = [];
  made.runs.follow(id, 0, {
    push: ({ events }) => {
      seen.push(...events);
      return true;
    },
    end: () => {},
  });
  for (let answered = 0; answered < args.length; answered += 1) {
    await until(() => made.payloads("permissions.asked").length > answered);
    const question = made.payloads<PermissionSummary>("permissions.asked")[answered];
    if (question === undefined) throw new Error("nobody was asked");
    made.permissions.decide(question.id, { decision: "allow", scope: "once" }, AT_POPUP);
    await until(() => made.payloads("permissions.settled").length > answered);
  }
  await end(made, id);
  return { made, id, seen };
}

const bodies = ({ db }: Core) =>
  db.prepare<[], string>("SELECT body FROM run_events ORDER BY position").pluck().all();
const replayed = (made: Core, id: RunId, after: number) =>
  atOnce(createCore({ db: made.db, clock: made.clock }).runs.events(id, after, 5_000)).events;

test("what is read from disk is to the byte what was seen live, from wherever it is read", async () => {
  const { made, id, seen } = await asked([
    JSON.stringify({ value: LONG, also: { b: 1, a: [2] } }),
    '{"z":1,"a":"2"}',
    "",
  ]);
  expect(seen.map(({ type }) => type)).toContain("tool_end");
  for (let after = 0; after < seen.length; after += 1) {
    expect(JSON.stringify(replayed(made, id, after))).toBe(JSON.stringify(seen.slice(after)));
  }
});

test("a call of megabytes is told, asked and read to the byte, in one go and in turns", async () => {
  const value = '"\n\u202e✓\ud83d\ude00'.repeat(150_000);
  const { made, id, seen } = await asked([JSON.stringify({ z: 1, value })]);
  const { permissionId } = seen.find((event) => event.type === "permission_request") ?? {};
  expect(made.permissions.onRecord(permissionId ?? "")?.arguments).toEqual({ value, z: 1 });
  const again = createCore({ db: made.db, clock: made.clock }).runs;
  for (const after of [0, 5, seen.length - 1]) {
    const told: RunEvent[] = [];
    for (let from = after; from < seen.length; from = told.at(-1)?.seq ?? seen.length) {
      told.push(...atOnce(again.events(id, from, 5_000)).events);
    }
    expect(JSON.stringify(told) === JSON.stringify(seen.slice(after))).toBe(true);
    const followed: RunEvent[] = [];
    await new Promise<void>((end) => {
      const push = ({ events }: { readonly events: readonly RunEvent[] }) => followed.push(...events) > 0;
      again.follow(id, after, { push, end });
    });
    expect(JSON.stringify(followed) === JSON.stringify(told)).toBe(true);
  }
});

test("the log says an argument once, however often its events show it", async () => {
  const { made, seen } = await asked([JSON.stringify({ value: LONG })]);
  const shown = JSON.stringify(seen).split("MARK").length - 1;
  expect(shown).toBe(5);
  expect(bodies(made).join("").split("MARK").length - 1).toBe(1);
});

test("pieces of text that came together are one entry of the log, and are read from any of them on", async () => {
  const words = Array.from({ length: 40 }, (_, i) => `MARK${i} `);
  const made = core([says(...words)]);
  const { id } = await start(made);
  await end(made, id);
  const seen = atOnce(made.runs.events(id, 0, 5_000)).events;
  expect(seen.filter(({ type }) => type === "text_delta")).toHaveLength(words.length);
  for (let after = 0; after <= seen.length; after += 1) {
    expect(JSON.stringify(replayed(made, id, after))).toBe(JSON.stringify(seen.slice(after)));
  }
  const log = bodies(made).join("");
  expect(log.split('"text_deltas"')).toHaveLength(2);
  // As pieces and in the model's message: the final text is not said once more.
  expect(log.split("MARK7 ")).toHaveLength(3);
});

test("pieces of text that came at different times keep theirs", () => {
  const pack = createEventPacker();
  const events: RunEvent[] = [5, 5, 6, 6, 6, 5].map((at, i) => ({
    seq: i + 3,
    at,
    type: "text_delta",
    delta: String(i),
  }));
  const packed = pack(events);
  expect(packed).toMatchObject({ lastSeq: 8, events: { length: 3 } });
  expect([...unpackEvents(packed.events, { message: () => null, asked: () => null })]).toEqual(events);
  expect(pack([]).lastSeq).toBe(0);
});

test("arguments that were put in order for the tool are kept as the tool got them", async () => {
  const { made, id } = await asked(['{"z":1,"a":"MARK"}']);
  const [said, ended] = [bodies(made).join("").split('{"z":1,"a":"MARK"}'), '{"a":"MARK","z":1}'];
  expect(said).toHaveLength(2);
  expect(bodies(made).join("")).toContain(ended);
  const last = replayed(made, id, 0).find((event) => event.type === "tool_end");
  expect(JSON.stringify(last?.call.arguments)).toBe(ended);
});

test("a log that an earlier version wrote, whole, is read as it is", async () => {
  const { made, id, seen } = await asked([JSON.stringify({ value: LONG })]);
  const last = made.db.prepare("SELECT max(position) FROM run_events").pluck().get();
  made.db.prepare("DELETE FROM run_events").run();
  made.db.prepare("INSERT INTO run_events (position, body) VALUES (?, ?)").run(last, JSON.stringify(seen));
  expect(replayed(made, id, 0)).toEqual(seen);
});

test("a replay goes on where what it refers to is gone", async () => {
  const { made, id, seen } = await asked([JSON.stringify({ value: LONG })]);
  made.db.prepare("DELETE FROM permission_requests").run();
  const left = replayed(made, id, 0);
  expect(left.map(({ type, seq }) => [type, seq])).toEqual(seen.map(({ type, seq }) => [type, seq]));
  expect(left.find((event) => event.type === "permission_request")).toMatchObject({
    tool: "",
    presentation: { body: { text: "What was asked is no longer on record." } },
  });
});
