import { describe, expect, test } from "vitest";
import type { RunId, SessionId } from "../../contract/ids.ts";
import { createCore, until, type Core } from "../../testing/core.ts";
import { calls, createScriptedModel, says } from "../runs/loop/testing/scripted-model.ts";
import { end, HANG, start } from "../runs/testing/start-run.ts";
import type { Deletion } from "./contract.ts";
import { UNDO_MS } from "./deletions.ts";
import { atOnce } from "../../kernel/slices.ts";

const S = "s1" as SessionId;

const count = ({ db }: Core, table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
const left = (core: Core) =>
  [
    "sessions",
    "messages",
    "compactions",
    "session_tags",
    "session_deletions",
    "runs",
    "run_events",
    "run_archives",
  ].map((table) => [table, count(core, table)]);
const nothing = [
  ["sessions", 0],
  ["messages", 0],
  ["compactions", 0],
  ["session_tags", 0],
  ["session_deletions", 0],
  ["runs", 0],
  ["run_events", 0],
  ["run_archives", 0],
];

const core = (options: Parameters<typeof createCore>[0] = {}) =>
  createCore({ model: createScriptedModel(Array.from({ length: 50 }, () => says("hello"))), ...options });

async function runIn(made: Core, session = "s1", text = "mend the gate"): Promise<RunId> {
  const { id } = await start(made, { session, text });
  await end(made, id);
  return id;
}

const remove = (made: Core, id = S): Deletion => {
  const { deleted, refused } = made.sessions.remove([id]);
  expect(refused).toEqual([]);
  return deleted[0] as Deletion;
};

/** Until nothing is left to be done, however many slices that takes. */
function letPass(made: Core, ms: number): void {
  made.clock.advance(ms);
  for (let i = 0; i < 2_000; i += 1) made.clock.advance(10);
}

describe("a deleted session", () => {
  test("is gone from everywhere at once, and from the database when it can't be taken back any more", async () => {
    const made = core();
    const run = await runIn(made);
    made.sessions.edit(S, { tags: ["fence"] });
    const deletion = remove(made);
    expect(deletion).toMatchObject({ sessionId: S, title: "mend the gate" });
    expect(made.sessions.find(S)).toBeNull();
    expect((await made.sessions.list({ limit: 9 })).sessions).toEqual([]);
    expect((await made.sessions.list({ limit: 9, search: "gate" })).sessions).toEqual([]);
    expect((await made.sessions.list({ limit: 9, state: "archived" })).sessions).toEqual([]);
    expect(made.sessions.view(S)).toEqual([]);
    expect(made.payloads("sessions.removed")).toEqual([{ id: S }]);
    made.clock.advance(UNDO_MS - 1);
    expect(count(made, "messages")).toBe(2);
    letPass(made, 1);
    expect(left(made)).toEqual(nothing);
    expect(made.runs.find(run)).toBeNull();
    expect((await made.runs.list({ limit: 9 })).runs).toEqual([]);
    expect((await made.runs.list({ limit: 9, search: "gate" })).runs).toEqual([]);
    expect(made.payloads("runs.removed")).toMatchObject([{ sessionId: S }]);
    expect(made.db.pragma("foreign_key_check")).toEqual([]);
    expect(() => made.sessions.restore([deletion.id])).not.toThrow();
    expect(made.sessions.restore([deletion.id]).refused).toMatchObject([{ code: "sessions.too_late" }]);
  });

  test("comes back as it was", async () => {
    const made = core();
    const run = await runIn(made);
    made.sessions.edit(S, { title: "Gates", tags: ["fence"] });
    const before = made.sessions.get(S);
    const { id } = remove(made);
    expect(made.sessions.restore([id])).toEqual({ sessions: [before], refused: [] });
    letPass(made, UNDO_MS);
    expect(made.sessions.get(S)).toEqual(before);
    expect(made.sessions.view(S)).toHaveLength(2);
    expect((await made.sessions.list({ limit: 9, search: "gates" })).sessions).toEqual([before]);
    expect(made.runs.get(run).sessionId).toBe(S);
  });

  test("gives its name back: a run by that name begins anew and keeps what it says", async () => {
    const made = core();
    await runIn(made);
    const { id } = remove(made);
    const later = await runIn(made, "s1", "paint the gate");
    expect(made.sessions.get(S)).toMatchObject({ title: "paint the gate", messageCount: 2, runCount: 1 });
    expect(made.sessions.restore([id]).refused).toMatchObject([{ code: "sessions.name_taken" }]);
    letPass(made, UNDO_MS);
    expect(made.runs.get(later).status).toBe("done");
    expect(atOnce(made.runs.events(later, 0, 99)).events.at(-1)?.type).toBe("run_done");
    expect(made.sessions.messages(S, 0, 9).messages).toHaveLength(2);
    expect([count(made, "sessions"), count(made, "runs"), count(made, "messages")]).toEqual([1, 1, 2]);
  });

  test("is refused while a run goes on in it, and others are deleted all the same", async () => {
    const made = core({ model: createScriptedModel([HANG, says("x")]) });
    const { id } = await start(made);
    const other = "other" as SessionId;
    await runIn(made, other);
    const { deleted, refused } = made.sessions.remove([S, other, "unknown" as SessionId, other]);
    expect(deleted.map(({ sessionId }) => sessionId)).toEqual([other]);
    expect(refused).toMatchObject([
      { id: S, code: "sessions.in_use" },
      { id: "unknown", code: "sessions.not_found" },
    ]);
    made.runs.cancel(id);
    await end(made, id);
    expect(made.sessions.remove([S]).refused).toEqual([]);
  });

  test("leaves the record of what was decided", async () => {
    const made = core({
      model: createScriptedModel([calls(["side_effect", "{}"]), says("done")]),
      rules: { defaultTier: "trusted" },
    });
    const run = await runIn(made);
    remove(made);
    letPass(made, UNDO_MS);
    expect(made.runs.find(run)).toBeNull();
    expect((await made.permissions.decisions({ limit: 9 })).decisions).toMatchObject([
      { runId: run, sessionId: S, outcome: "allowed" },
    ]);
  });
});

test.each([0, 1, 3, 7, 20])(
  "a process that dies after %i slices is followed by one that goes on",
  async (slices) => {
    const made = core();
    for (let i = 0; i < 6; i += 1) await runIn(made);
    await runIn(made, "kept");
    remove(made);
    made.clock.advance(UNDO_MS);
    for (let i = 0; i < slices; i += 1) made.clock.advance(10);
    const after = core({ db: made.db, clock: made.clock });
    letPass(after, UNDO_MS);
    expect(after.sessions.find(S)).toBeNull();
    expect([count(after, "sessions"), count(after, "runs"), count(after, "messages")]).toEqual([1, 1, 2]);
    expect(after.sessions.view("kept" as SessionId)).toHaveLength(2);
  },
);

test("a deletion that was not over yet can still be taken back after a restart", async () => {
  const made = core();
  await runIn(made);
  const { id } = remove(made);
  const after = core({ db: made.db, clock: made.clock });
  expect(after.sessions.restore([id]).sessions).toMatchObject([{ id: S }]);
});

test("no message gets the key of one that was deleted, also after a restart", async () => {
  const made = core();
  await runIn(made, "kept");
  await runIn(made);
  const highest = () => made.db.prepare<[], number>("SELECT max(key) FROM messages").pluck().get() ?? 0;
  const before = highest();
  remove(made);
  letPass(made, UNDO_MS);
  expect(highest()).toBeLessThan(before);
  const noted = made.db.prepare("SELECT key FROM changed_rows WHERE source = 'message' ORDER BY key").pluck();
  expect(noted.all()).toEqual([before - 1, before]);
  const after = core({ db: made.db, clock: made.clock });
  await runIn(after, "new");
  expect(highest()).toBe(before + 2);
  await runIn(after, "new");
  expect(highest()).toBe(before + 4);
});

test("deleting ten thousand messages takes slices of a few milliseconds", async () => {
  const made = core();
  await runIn(made);
  const text = "x".repeat(2_000);
  made.commit.now(() =>
    made.sessions.append(
      S,
      "run_x" as RunId,
      Array.from({ length: 10_000 }, () => ({
        role: "user" as const,
        content: [{ type: "text" as const, text }],
        createdAt: 1,
      })),
      null,
    ),
  );
  remove(made);
  made.clock.advance(UNDO_MS);
  const removedAtOnce: number[] = [];
  await until(() => {
    const before = Number(count(made, "messages"));
    made.clock.advance(10);
    removedAtOnce.push(before - Number(count(made, "messages")));
    return count(made, "sessions") === 0;
  }, 5_000);
  expect(removedAtOnce.length).toBeGreaterThan(5);
});
