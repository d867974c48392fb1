import { describe, expect, test } from "vitest";
import type { RunId, SessionId } from "../../contract/ids.ts";
import { createCore, until, type Core } from "../../testing/core.ts";
import { createRecordingTool } from "../../testing/recording-tool.ts";
import { OWNER } from "./testing/start-run.ts";
import { calls, createScriptedModel, says, type ScriptedTurn } from "./loop/testing/scripted-model.ts";
import { atOnce } from "../../kernel/slices.ts";

const SESSION = "s1" as SessionId;

/** What is left of a daemon that was killed once `reached` was on disk: its database and nothing else. */
async function crashedAt(script: readonly ScriptedTurn[], reached: (core: Core, id: RunId) => boolean) {
  const tools = [
    createRecordingTool("look", {
      asks: false,
      execute: () => ({ content: "seen", isError: false, metadata: { lines: 1 } }),
    }),
    createRecordingTool("side_effect"),
  ];
  const core = createCore({ model: createScriptedModel(script), tools });
  const { id } = await core.runs.start({
    sessionId: SESSION,
    text: "do it",
    clientId: "c",
    asker: OWNER,
    detached: false,
  });
  await until(() => reached(core, id));
  return { core, id };
}

const typesOf = (core: Core, id: RunId) =>
  atOnce(core.runs.events(id, 0, 5_000)).events.map(({ type }) => type);

test("a run that was going on ends as interrupted, for those who replay too", async () => {
  const { core, id } = await crashedAt([calls(["look", "{}"]), ["hang"]], (made, run) => {
    return typesOf(made, run).filter((type) => type === "turn_start").length === 2;
  });
  const before = typesOf(core, id);
  core.clock.advance(60_000);
  const after = createCore({ db: core.db, clock: core.clock });

  const run = after.runs.get(id);
  expect(run).toMatchObject({
    status: "failed",
    endedAt: core.clock.now(),
    error: { code: "interrupted", message: "Gatehouse stopped while this run was going on" },
    toolCalls: 1,
    lastSeq: before.length + 1,
  });
  expect(typesOf(after, id)).toEqual([...before, "run_error"]);
  const replayed: number[] = [];
  let ended = false;
  after.runs.follow(id, 0, {
    push: ({ events }) => {
      replayed.push(...events.map(({ seq }) => seq));
      return true;
    },
    end: () => (ended = true),
  });
  expect([replayed, ended]).toEqual([before.concat("run_error").map((_, i) => i + 1), true]);
  expect((await after.runs.list({ limit: 9, status: "active" })).runs).toEqual([]);
  expect((await after.runs.list({ limit: 9, status: "failed" })).runs).toEqual([run]);
  expect(after.runs.cancel(id)).toEqual(run);
});

test("its messages are saved as far as it got, and the session goes on from there", async () => {
  const { core } = await crashedAt([calls(["look", "{}"]), ["hang"]], (made, run) => {
    return typesOf(made, run).filter((type) => type === "turn_start").length === 2;
  });
  const model = createScriptedModel([says("on we go")]);
  const after = createCore({ db: core.db, clock: core.clock, model });
  expect(after.sessions.messages(SESSION, 0, 9).messages).toMatchObject([
    { role: "user", content: [{ type: "text", text: "do it" }] },
    { role: "assistant", stopReason: "tool_use" },
    { role: "tool", toolName: "look", content: [{ text: "seen" }], metadata: { lines: 1 } },
  ]);
  const { id } = await after.runs.start({
    sessionId: SESSION,
    text: "again",
    clientId: "c",
    asker: OWNER,
    detached: true,
  });
  await until(() => after.runs.get(id).status === "done");
  expect(model.requests[0]?.messages.map(({ role }) => role)).toEqual(["user", "assistant", "tool", "user"]);
});

test("one that waited for a person: nothing ran, nobody is asked any more", async () => {
  const { core, id } = await crashedAt(
    [calls(["side_effect", "{}"])],
    (made) => made.permissions.pendingCount() === 1,
  );
  const [asked] = core.permissions.pending();
  const after = createCore({ db: core.db, clock: core.clock });
  expect(after.runs.get(id).status).toBe("failed");
  expect(after.permissions.pending()).toEqual([]);
  expect(after.permissions.find(asked?.id ?? "")?.status).toBe("withdrawn");
});

test("one that waited for its session", async () => {
  const { core } = await crashedAt([["hang"]], (made, run) => typesOf(made, run).includes("turn_start"));
  const queued = await core.runs.start({
    sessionId: SESSION,
    text: "second",
    clientId: "c",
    asker: OWNER,
    detached: true,
  });
  const after = createCore({ db: core.db });
  expect(after.runs.get(queued.id)).toMatchObject({ status: "failed", toolCalls: 0, lastSeq: 2 });
  expect(after.sessions.messages(SESSION, 0, 9).messages.map(({ role }) => role)).toEqual(["user", "user"]);
});

describe("done once", () => {
  test("it is done: a second restart changes nothing", async () => {
    const { core, id } = await crashedAt([["hang"]], (made, run) =>
      typesOf(made, run).includes("turn_start"),
    );
    const first = createCore({ db: core.db, clock: core.clock });
    const [run, types] = [first.runs.get(id), typesOf(first, id)];
    core.clock.advance(1_000);
    const second = createCore({ db: core.db, clock: core.clock });
    expect([second.runs.get(id), typesOf(second, id)]).toEqual([run, types]);
    expect(second.sessions.get(SESSION).messageCount).toBe(1);
  });

  test("runs that had ended are left alone", async () => {
    const core = createCore();
    const { id } = await core.runs.start({
      sessionId: SESSION,
      text: "x",
      clientId: "c",
      asker: OWNER,
      detached: true,
    });
    await until(() => core.runs.activeCount() === 0);
    const run = core.runs.get(id);
    expect(createCore({ db: core.db }).runs.get(id)).toEqual(run);
  });
});
