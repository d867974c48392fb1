import { describe, expect, test } from "vitest";
import type { RunId, SessionId } from "../../contract/ids.ts";
import { createCore, until, type Core } from "../../testing/core.ts";
import { createRecordingTool } from "../../testing/recording-tool.ts";
import type { Run } from "./contract.ts";
import { calls, createScriptedModel, says } from "./loop/testing/scripted-model.ts";
import { core, end, eventsOf, HANG, messages, start, statuses, types } from "./testing/start-run.ts";
import { atOnce } from "../../kernel/slices.ts";

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
    await expect(start(made, { provider: "nobody" })).rejects.toThrow('There is no provider "nobody"');
    expect([made.runs.activeCount(), (await made.runs.list({ limit: 9 })).runs, made.published]).toEqual([
      0,
      [],
      [],
    ]);
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
      error: { message: expect.stringContaining("folder that agents work in is not there") as string },
    });
    expect(types(made, id)).toEqual(["run_start", "run_error"]);
    expect(messages(made)).toEqual(["user: do it"]);
    expect(made.reported).toHaveLength(1);
  });

  test("that nobody knows", () => {
    const { runs } = core([says("x")]);
    const unknown = `run_${"f".repeat(32)}` as RunId;
    for (const act of [runs.get, runs.cancel, (id: RunId) => atOnce(runs.events(id, 0, 1))]) {
      expect(() => act(unknown)).toThrow(expect.objectContaining({ code: "runs.not_found", status: 404 }));
    }
    expect(runs.find("nonsense")).toBeNull();
    expect(runs.follow("nonsense", 0, { push: () => true, end: () => {} })).toBeNull();
  });
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
  const titles = async (made: Core, filter: Partial<Parameters<Core["runs"]["list"]>[0]> = {}) =>
    (await made.runs.list({ limit: 50, ...filter })).runs.map(({ title }) => title);

  test("has the newest first, page by page", async () => {
    const made = await withRuns();
    const first = await made.runs.list({ limit: 3 });
    expect(first.runs.map(({ title }) => title)).toEqual(["skill triage", "mend the gate", "paint the gate"]);
    const second = await made.runs.list({ limit: 3, after: first.next ?? "" });
    expect([second.runs.map(({ title }) => title), second.next]).toEqual([["mend the fence"], null]);
    await expect(made.runs.list({ limit: 3, after: "x" })).rejects.toThrow(
      expect.objectContaining({ code: "request.invalid" }),
    );
  });

  test("is narrowed by status, session and words, also together", async () => {
    const made = await withRuns();
    const sessionId = "s1" as SessionId;
    expect(await titles(made, { status: "failed" })).toEqual(["skill triage"]);
    expect(await titles(made, { status: "canceled" })).toEqual([]);
    expect(await titles(made, { sessionId })).toEqual(["skill triage", "mend the gate", "mend the fence"]);
    expect(await titles(made, { sessionId, status: "done" })).toEqual(["mend the gate", "mend the fence"]);
    expect(await titles(made, { search: "gate" })).toEqual(["mend the gate", "paint the gate"]);
    expect(await titles(made, { search: "GATE mend" })).toEqual(["mend the gate"]);
    expect(await titles(made, { search: "gat s2" })).toEqual(["paint the gate"]);
    expect(await titles(made, { search: "mend", sessionId, status: "done", limit: 1 })).toEqual([
      "mend the gate",
    ]);
    expect(await titles(made, { search: "claude" })).toHaveLength(4);
    expect(await titles(made, { search: '"nothing' })).toEqual([]);
  });

  test("of active runs shows them as they are now, and takes the same filters", async () => {
    const made = core([HANG]);
    const first = await start(made, { text: "mend the fence" });
    await start(made, { text: "mend the gate" });
    await start(made, { text: "paint the gate", session: "s2" });
    const active = async (filter: object = {}) =>
      (await made.runs.list({ limit: 50, status: "active", ...filter })).runs.map(
        ({ title, status }) => `${title}: ${status}`,
      );
    expect(await active()).toEqual([
      "paint the gate: running",
      "mend the gate: queued",
      "mend the fence: running",
    ]);
    expect(await active({ search: "gate" })).toEqual(["paint the gate: running", "mend the gate: queued"]);
    expect(await active({ sessionId: "s1", limit: 1 })).toEqual(["mend the gate: queued"]);
    expect((await made.runs.list({ limit: 50 })).runs.map(({ status }) => status)).toEqual([
      "running",
      "queued",
      "running",
    ]);
    made.runs.cancel(first.id);
    await end(made, first.id);
    expect(await active()).toEqual(["paint the gate: running", "mend the gate: running"]);
    expect(await titles(made, { status: "canceled" })).toEqual(["mend the fence"]);
    await made.runs.stop();
    expect(await active()).toEqual([]);
  });
});

test("the events of a run that goes on say how far they reach", async () => {
  const made = core([["hang"]]);
  const { id } = await start(made);
  await until(() => types(made, id).includes("turn_start"));
  const { events, lastSeq } = atOnce(made.runs.events(id, 0, 100));
  expect(lastSeq).toBe(events.at(-1)?.seq);
  expect(atOnce(made.runs.events(id, 1, 1)).events.map(({ seq }) => seq)).toEqual([2]);
  await made.runs.stop();
});
