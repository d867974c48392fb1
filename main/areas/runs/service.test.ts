import { describe, expect, test } from "vitest";
import type { RunId, SessionId } from "../../contract/ids.ts";
import { createCore, turn, until, type Core, type CoreOptions } from "../../testing/core.ts";
import { createRecordingTool } from "../../testing/recording-tool.ts";
import type { PermissionSummary } from "../permissions/contract.ts";
import type { Run, RunEvent } from "./contract.ts";
import { calls, createScriptedModel, says, type ScriptedTurn } from "./loop/testing/scripted-model.ts";
import type { StartRunInput } from "./service.ts";

const POPUP = { kind: "popup", name: "" } as const;
const HANG: ScriptedTurn = ["hang"];

const core = (script: readonly ScriptedTurn[], options: CoreOptions = {}) =>
  createCore({ model: createScriptedModel(script), ...options });

const start = (
  { runs }: Core,
  given: Partial<Omit<StartRunInput, "sessionId">> & { session?: string } = {},
) => {
  const { session = "s1", ...input } = given;
  const sessionId = session as SessionId;
  return runs.start({ text: "do it", clientId: "claude-code", detached: true, ...input, sessionId });
};

const end = async ({ runs }: Core, id: RunId): Promise<Run> => {
  await until(() => runs.get(id).endedAt !== null);
  await turn();
  return runs.get(id);
};

const eventsOf = ({ runs }: Core, id: RunId): RunEvent[] => runs.events(id, 0, 5_000).events;
const types = (made: Core, id: RunId) =>
  eventsOf(made, id).flatMap(({ type }) => (type === "text_delta" ? [] : [type]));
const messages = ({ sessions }: Core, session = "s1") =>
  sessions.messages(session as SessionId, 0, 500).messages.map(({ role, content }) => {
    const texts = content.map((part) => (part.type === "text" ? part.text : part.type));
    return `${role}: ${texts.join(" ")}`;
  });
const statuses = ({ payloads }: Core, id: RunId) =>
  payloads<Run>("runs.changed").flatMap((run) => (run.id === id ? [run.status] : []));

describe("a run", () => {
  test("of text: its events, its record, its messages", async () => {
    const made = core([says("Hel", "lo.")]);
    const { id } = await start(made, { text: "\n  greet me\nplease" });
    const run = await end(made, id);
    expect(run).toMatchObject({
      id: expect.stringMatching(/^run_[0-9a-f]{32}$/),
      sessionId: "s1",
      clientId: "claude-code",
      title: "greet me",
      status: "done",
      provider: "scripted",
      model: "m",
      error: null,
      toolCalls: 0,
    });
    expect(types(made, id)).toEqual([
      "run_start",
      "loop_start",
      "turn_start",
      "message_start",
      "message_end",
      "turn_end",
      "loop_end",
      "run_done",
    ]);
    const events = eventsOf(made, id);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    expect(run.lastSeq).toBe(events.length);
    expect(events[0]).toMatchObject({ clientId: "claude-code", prompt: "\n  greet me\nplease" });
    expect(events.at(-1)).toMatchObject({ text: "Hello." });
    expect(messages(made)).toEqual(["user: \n  greet me\nplease", "assistant: Hello."]);
    expect(made.sessions.get("s1" as SessionId)).toMatchObject({
      title: "greet me",
      clientId: "claude-code",
      runCount: 1,
      messageCount: 2,
      userMessageCount: 1,
      assistantMessageCount: 1,
    });
    expect(made.payloads<Run>("runs.started")).toMatchObject([{ id, status: "queued" }]);
    expect(statuses(made, id)).toEqual(["running", "done"]);
    expect(made.payloads("sessions.changed")).toHaveLength(1);
    expect(made.runs.activeCount()).toBe(0);
    expect(made.reported).toEqual([]);
  });

  test("is the same when it comes from disk", async () => {
    const made = core([says("Hello.")]);
    const { id } = await start(made);
    const run = await end(made, id);
    const after = createCore({ db: made.db });
    expect(after.runs.get(id)).toEqual(run);
    expect(eventsOf(after, id)).toEqual(eventsOf(made, id));
    expect(after.sessions.view("s1" as SessionId)).toEqual(made.sessions.view("s1" as SessionId));
  });

  test("sees what was said before, and a later one what was said now", async () => {
    const model = createScriptedModel([says("one"), says("two")]);
    const made = createCore({ model });
    await end(made, (await start(made, { text: "first" })).id);
    await end(made, (await start(made, { text: "second" })).id);
    await end(made, (await start(made, { text: "elsewhere", session: "s2" })).id);
    expect(model.requests.map((request) => request.messages.length)).toEqual([1, 3, 1]);
    const fresh = createScriptedModel([says("three")]);
    const after = createCore({ db: made.db, model: fresh });
    await end(after, (await start(after)).id);
    expect(fresh.requests[0]?.messages.map(({ role }) => role)).toEqual([
      "user",
      "assistant",
      "user",
      "assistant",
      "user",
    ]);
  });

  test("passes on what was asked of the model", async () => {
    const model = createScriptedModel([says("x")]);
    const made = createCore({ model });
    await end(made, (await start(made, { model: "big", options: { temperature: 0 } })).id);
    expect(model.requests[0]).toMatchObject({ model: "big", options: { temperature: 0 } });
  });

  test("with a budget stops at it", async () => {
    const tool = createRecordingTool("look", { asks: false });
    const made = core([calls(["look", '{"value":1}']), calls(["look", '{"value":2}'])], { tools: [tool] });
    const { id } = await start(made, { maxTurns: 2 });
    expect((await end(made, id)).error?.message).toContain("maximum turns exceeded (2)");
  });

  test("hands a very long delta on in pieces", async () => {
    const made = core([says("x".repeat(200_000))]);
    const { id } = await start(made);
    await end(made, id);
    const deltas = eventsOf(made, id).flatMap((event) =>
      event.type === "text_delta" ? [event.delta.length] : [],
    );
    expect(deltas).toEqual([65_536, 65_536, 65_536, 3_392]);
    expect(messages(made)[1]).toHaveLength("assistant: ".length + 200_000);
  });

  test("of an unknown provider does not begin", async () => {
    const made = core([says("x")]);
    await expect(start(made, { provider: "nobody" })).rejects.toThrow("no provider nobody");
    expect([made.runs.activeCount(), made.runs.list({ limit: 9 }).runs, made.published]).toEqual([0, [], []]);
  });

  test.each([
    ["skill", { skill: "triage", text: "" }, 'skill "triage" not found', "skill triage"],
    ["role", { role: "reviewer" }, 'role "reviewer" not found', "do it"],
  ])("that names a %s says that there is none", async (_name, input, message, title) => {
    const made = core([says("x")]);
    const { id } = await start(made, input);
    expect(await end(made, id)).toMatchObject({
      status: "failed",
      title,
      error: { code: "internal", message },
    });
    expect(types(made, id)).toEqual(["run_start", "run_error"]);
    expect(messages(made)).toEqual([]);
  });

  test("that fails keeps what was said", async () => {
    const made = core([[new Error("401 unauthorized")]]);
    const { id } = await start(made);
    expect(await end(made, id)).toMatchObject({ status: "failed", error: { code: "internal" } });
    expect(types(made, id).slice(-3)).toEqual(["error", "loop_end", "run_error"]);
    expect(messages(made)).toEqual(["user: do it"]);
  });

  test("whose workspace is gone fails with its words, and keeps what was said", async () => {
    const made = core([says("x")], {
      workspace: () => {
        throw new Error("the workspace is gone");
      },
    });
    const { id } = await start(made);
    expect(await end(made, id)).toMatchObject({
      status: "failed",
      error: { message: "the workspace is gone" },
    });
    expect(types(made, id)).toEqual(["run_start", "run_error"]);
    expect(messages(made)).toEqual(["user: do it"]);
    expect(made.reported).toHaveLength(1);
  });

  test("that nobody knows", () => {
    const { runs } = core([says("x")]);
    const unknown = `run_${"f".repeat(32)}` as RunId;
    for (const act of [runs.get, runs.cancel, (id: RunId) => runs.events(id, 0, 1)]) {
      expect(() => act(unknown)).toThrow(expect.objectContaining({ code: "runs.not_found", status: 404 }));
    }
    expect(runs.find("nonsense")).toBeNull();
    expect(runs.follow("nonsense", 0, { push: () => true, end: () => {} })).toBeNull();
  });
});

describe("a call that needs permission", () => {
  const asking = async (options: CoreOptions = {}) => {
    const tool = createRecordingTool("side_effect");
    const made = core([calls(["side_effect", '{"value":"a.txt"}']), says("done")], {
      tools: [tool],
      ...options,
    });
    const { id } = await start(made);
    await until(() => made.payloads("permissions.asked").length > 0);
    const [asked] = made.payloads<PermissionSummary>("permissions.asked");
    if (asked === undefined) throw new Error("nobody was asked");
    return { made, id, tool, asked };
  };

  test("waits, runs once allowed, and tells who decided", async () => {
    const { made, id, tool, asked } = await asking();
    expect(made.runs.get(id).status).toBe("waiting");
    expect(tool.executed).toEqual([]);
    expect(types(made, id).slice(-2)).toEqual(["tool_start", "permission_request"]);
    made.permissions.decide(asked.id, { decision: "allow", scope: "once" }, POPUP);
    expect(await end(made, id)).toMatchObject({ status: "done", toolCalls: 1 });
    expect(tool.executed).toEqual([{ value: "a.txt" }]);
    const events = eventsOf(made, id);
    expect(events.find(({ type }) => type === "permission_request")).toMatchObject({
      permissionId: asked.id,
      tool: "side_effect",
      action: "touch",
      target: "a.txt",
      arguments: { value: "a.txt" },
      expiresAt: made.clock.now() + 600_000,
    });
    expect(events.find(({ type }) => type === "permission_settled")).toMatchObject({
      permissionId: asked.id,
      outcome: "allowed",
      decidedBy: POPUP,
      scope: "once",
    });
    expect(events.find(({ type }) => type === "tool_end")).toMatchObject({
      result: { content: "ok", isError: false },
      decidedBy: POPUP,
    });
    expect(statuses(made, id)).toEqual(["running", "waiting", "running", "done"]);
  });

  test("that is denied does not run, and the model can read why", async () => {
    const { made, id, tool, asked } = await asking();
    made.permissions.decide(asked.id, { decision: "deny", scope: "once", reason: "not now" }, POPUP);
    expect((await end(made, id)).status).toBe("done");
    expect(tool.executed).toEqual([]);
    expect(messages(made)).toEqual([
      "user: do it",
      "assistant: tool_call",
      "tool: not now",
      "assistant: done",
    ]);
    expect(made.sessions.messages("s1" as SessionId, 2, 1).messages[0]?.isError).toBe(true);
  });

  test("that nobody answers goes on without it", async () => {
    const { made, id, tool } = await asking();
    made.clock.advance(600_000);
    expect((await end(made, id)).status).toBe("done");
    expect(tool.executed).toEqual([]);
    expect(messages(made)[2]).toContain("timed out");
  });

  test("is withdrawn when the run is cancelled", async () => {
    const { made, id, tool, asked } = await asking();
    made.runs.cancel(id);
    expect(await end(made, id)).toMatchObject({
      status: "canceled",
      error: { code: "canceled", message: "context canceled" },
    });
    expect(made.permissions.find(asked.id)?.status).toBe("withdrawn");
    expect(tool.executed).toEqual([]);
    expect(types(made, id).slice(-4)).toEqual(["permission_settled", "error", "loop_end", "run_error"]);
    expect(statuses(made, id)).toEqual(["running", "waiting", "canceled"]);
    expect(made.runs.cancel(id).status).toBe("canceled");
  });

  test("is denied when it can't be put on record, and the run waits no longer", async () => {
    const tool = createRecordingTool("side_effect");
    const made = core([calls(["side_effect", "{}"]), HANG], { tools: [tool] });
    made.db.exec(
      "CREATE TEMP TRIGGER fails BEFORE INSERT ON permission_requests BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    const { id } = await start(made);
    await until(() => types(made, id).includes("tool_end"));
    expect(tool.executed).toEqual([]);
    expect(eventsOf(made, id).find(({ type }) => type === "permission_settled")).toMatchObject({
      outcome: "denied",
    });
    expect(made.runs.get(id).status).toBe("running");
    made.runs.cancel(id);
    await end(made, id);
  });

  test("does not run when it is not what was allowed any more", async () => {
    const args: Record<string, unknown> = {};
    const tool = createRecordingTool("side_effect", {
      subject: (given) => {
        Object.assign(args, { given });
        return { action: "touch", target: "a.txt" };
      },
    });
    const made = core([calls(["side_effect", '{"value":"a.txt"}']), says("done")], { tools: [tool] });
    const { id } = await start(made);
    await until(() => made.permissions.pendingCount() > 0);
    (args["given"] as Record<string, unknown>)["value"] = "/etc/passwd";
    const [asked] = made.permissions.pending();
    if (asked === undefined) throw new Error("nobody was asked");
    made.permissions.decide(asked.id, { decision: "allow", scope: "once" }, POPUP);
    await end(made, id);
    expect(tool.executed).toEqual([]);
    expect(messages(made)[2]).toBe("tool: permission denied: the call changed after it was allowed");
  });

  test("of a trusted channel asks nobody, but is on record", async () => {
    const tool = createRecordingTool("side_effect");
    const made = core([calls(["side_effect", "{}"]), says("done")], {
      tools: [tool],
      rules: { defaultTier: "trusted" },
    });
    const { id } = await start(made);
    expect((await end(made, id)).status).toBe("done");
    expect(tool.executed).toHaveLength(1);
    expect(types(made, id)).not.toContain("permission_request");
    expect(made.permissions.decisions({ limit: 9 }).decisions).toMatchObject([
      { runId: id, outcome: "allowed" },
    ]);
  });
});

describe("cancelling", () => {
  test("a run that waits for its model", async () => {
    const made = core([HANG]);
    const { id } = await start(made);
    await until(() => types(made, id).includes("turn_start"));
    made.runs.cancel(id);
    made.runs.cancel(id);
    expect((await end(made, id)).status).toBe("canceled");
    expect(types(made, id).slice(-3)).toEqual(["error", "loop_end", "run_error"]);
    expect(messages(made)).toEqual(["user: do it"]);
  });

  test("a queued run ends at once and leaves no trace in the session", async () => {
    const made = core([HANG]);
    const first = await start(made, { text: "first" });
    const second = await start(made, { text: "second" });
    made.runs.cancel(second.id);
    expect((await end(made, second.id)).status).toBe("canceled");
    expect(types(made, second.id)).toEqual(["run_start", "run_error"]);
    expect(made.runs.get(first.id).status).toBe("running");
    made.runs.cancel(first.id);
    await end(made, first.id);
    expect(messages(made)).toEqual(["user: first"]);
  });

  test("a run that has ended changes nothing", async () => {
    const made = core([says("x")]);
    const { id } = await start(made);
    const run = await end(made, id);
    expect(made.runs.cancel(id)).toEqual(run);
  });
});

describe("a session", () => {
  test("has one run at a time, in order; others do not wait", async () => {
    const made = core([HANG]);
    const first = await start(made);
    const second = await start(made);
    const elsewhere = await start(made, { session: "s2" });
    await until(() => types(made, elsewhere.id).includes("turn_start"));
    expect(made.runs.get(first.id).status).toBe("running");
    expect([made.runs.get(second.id).status, types(made, second.id)]).toEqual(["queued", ["run_start"]]);
    expect(made.runs.activeCount()).toBe(3);
    made.runs.cancel(first.id);
    await until(() => types(made, second.id).includes("turn_start"));
    expect(made.runs.get(first.id).status).toBe("canceled");
    await made.runs.stop();
  });

  test("whose messages could not be saved does not remember them, and gets them at the next start", async () => {
    const made = core([HANG]);
    const { id } = await start(made);
    await until(() => types(made, id).includes("turn_start"));
    made.db.exec(
      "CREATE TEMP TRIGGER fails BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    made.runs.cancel(id);
    await until(() => made.runs.activeCount() === 0);
    expect(made.reported).toHaveLength(1);
    expect(made.sessions.view("s1" as SessionId)).toEqual([]);
    made.db.exec("DROP TRIGGER fails");
    const after = createCore({ db: made.db });
    expect(after.runs.get(id)).toMatchObject({ status: "canceled", error: { code: "canceled" } });
    expect(types(after, id).filter((type) => type === "run_error")).toHaveLength(1);
    expect(messages(after)).toEqual(["user: do it"]);
  });
});

test("a short run is on record with its messages, or not at all", async () => {
  const made = core([says("x")]);
  made.db.exec(
    "CREATE TEMP TRIGGER fails BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'disk full'); END",
  );
  await expect(start(made)).rejects.toThrow("disk full");
  await until(() => made.runs.activeCount() === 0);
  expect(made.runs.list({ limit: 9 }).runs).toEqual([]);
});

test("a run that can't be put on record does not go on, and leaves nothing", async () => {
  const tool = createRecordingTool("side_effect");
  const made = core([calls(["side_effect", "{}"]), says("done")], {
    tools: [tool],
    rules: { defaultTier: "trusted" },
  });
  made.db.exec("CREATE TEMP TRIGGER fails BEFORE INSERT ON runs BEGIN SELECT RAISE(ABORT, 'disk full'); END");
  await expect(start(made)).rejects.toThrow("disk full");
  await until(() => made.runs.activeCount() === 0);
  expect(made.runs.list({ limit: 9 }).runs).toEqual([]);
  for (const table of ["run_events", "messages", "sessions"]) {
    expect(made.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
  }
  made.db.exec("DROP TRIGGER fails");
  const { id } = await start(made);
  expect((await end(made, id)).status).toBe("done");
});

test("stop() ends every run with its terminal event on record and starts no more", async () => {
  const tool = createRecordingTool("side_effect");
  const made = core([calls(["side_effect", "{}"]), HANG], { tools: [tool] });
  const asking = await start(made);
  await until(() => made.permissions.pendingCount() === 1);
  const queued = await start(made);
  const ended: string[] = [];
  for (const { id } of [asking, queued]) {
    made.runs.follow(id, 0, { push: () => true, end: () => ended.push(id) });
  }
  const [asked] = made.permissions.pending();
  await made.runs.stop();
  await expect(start(made)).rejects.toThrow(
    expect.objectContaining({ code: "runs.shutting_down", status: 503 }),
  );
  expect(made.permissions.find(asked?.id ?? "")).toMatchObject({
    status: "denied",
    decidedBy: { kind: "system", name: "shutdown" },
  });
  expect(tool.executed).toEqual([]);
  expect(ended.toSorted()).toEqual([asking.id, queued.id].toSorted());
  const after = createCore({ db: made.db });
  for (const { id } of [asking, queued]) {
    expect(after.runs.get(id)).toMatchObject({ status: "canceled", error: { code: "canceled" } });
    expect(eventsOf(after, id).at(-1)?.type).toBe("run_error");
  }
});

test("stop() does not wait for ever for who does not listen", async () => {
  const made = core([calls(["stubborn", "{}"]), HANG], {
    tools: [createRecordingTool("stubborn", { asks: false, execute: () => new Promise(() => {}) })],
  });
  const { id } = await start(made);
  await until(() => types(made, id).includes("tool_start"));
  const stopped = made.runs.stop();
  await turn();
  made.clock.advance(2_000);
  await stopped;
  expect(made.runs.get(id).status).toBe("canceled");
});

describe("the list", () => {
  const withRuns = async () => {
    const made = core([says("x")]);
    for (const [text, session] of [
      ["mend the fence", "s1"],
      ["paint the gate", "s2"],
      ["mend the gate", "s1"],
    ] as const) {
      await end(made, (await start(made, { text, session })).id);
    }
    await end(made, (await start(made, { skill: "triage", text: "" })).id);
    return made;
  };
  const titles = (made: Core, filter: Partial<Parameters<Core["runs"]["list"]>[0]> = {}) =>
    made.runs.list({ limit: 50, ...filter }).runs.map(({ title }) => title);

  test("has the newest first, page by page", async () => {
    const made = await withRuns();
    const first = made.runs.list({ limit: 3 });
    expect(first.runs.map(({ title }) => title)).toEqual(["skill triage", "mend the gate", "paint the gate"]);
    const second = made.runs.list({ limit: 3, after: first.next ?? "" });
    expect([second.runs.map(({ title }) => title), second.next]).toEqual([["mend the fence"], null]);
    expect(() => made.runs.list({ limit: 3, after: "x" })).toThrow(
      expect.objectContaining({ code: "request.invalid" }),
    );
  });

  test("is narrowed by status, session and words, also together", async () => {
    const made = await withRuns();
    const sessionId = "s1" as SessionId;
    expect(titles(made, { status: "failed" })).toEqual(["skill triage"]);
    expect(titles(made, { status: "canceled" })).toEqual([]);
    expect(titles(made, { sessionId })).toEqual(["skill triage", "mend the gate", "mend the fence"]);
    expect(titles(made, { sessionId, status: "done" })).toEqual(["mend the gate", "mend the fence"]);
    expect(titles(made, { search: "gate" })).toEqual(["mend the gate", "paint the gate"]);
    expect(titles(made, { search: "GATE mend" })).toEqual(["mend the gate"]);
    expect(titles(made, { search: "gat s2" })).toEqual(["paint the gate"]);
    expect(titles(made, { search: "mend", sessionId, status: "done", limit: 1 })).toEqual(["mend the gate"]);
    expect(titles(made, { search: "claude" })).toHaveLength(4);
    expect(titles(made, { search: '"nothing' })).toEqual([]);
  });

  test("of active runs shows them as they are now, and takes the same filters", async () => {
    const made = core([HANG]);
    const first = await start(made, { text: "mend the fence" });
    await start(made, { text: "mend the gate" });
    await start(made, { text: "paint the gate", session: "s2" });
    const active = (filter: object = {}) =>
      made.runs
        .list({ limit: 50, status: "active", ...filter })
        .runs.map(({ title, status }) => `${title}: ${status}`);
    expect(active()).toEqual(["paint the gate: running", "mend the gate: queued", "mend the fence: running"]);
    expect(active({ search: "gate" })).toEqual(["paint the gate: running", "mend the gate: queued"]);
    expect(active({ sessionId: "s1", limit: 1 })).toEqual(["mend the gate: queued"]);
    expect(made.runs.list({ limit: 50 }).runs.map(({ status }) => status)).toEqual([
      "running",
      "queued",
      "running",
    ]);
    made.runs.cancel(first.id);
    await end(made, first.id);
    expect(active()).toEqual(["paint the gate: running", "mend the gate: running"]);
    expect(titles(made, { status: "canceled" })).toEqual(["mend the fence"]);
    await made.runs.stop();
    expect(active()).toEqual([]);
  });
});

test("the events of a run that goes on say how far they reach", async () => {
  const made = core([["hang"]]);
  const { id } = await start(made);
  await until(() => types(made, id).includes("turn_start"));
  const { events, lastSeq } = made.runs.events(id, 0, 100);
  expect(lastSeq).toBe(events.at(-1)?.seq);
  expect(made.runs.events(id, 1, 1).events.map(({ seq }) => seq)).toEqual([2]);
  await made.runs.stop();
});
