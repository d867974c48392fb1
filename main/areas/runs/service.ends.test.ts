import { describe, expect, test } from "vitest";
import type { SessionId } from "../../contract/ids.ts";
import { createCore, turn, until } from "../../testing/core.ts";
import { createRecordingTool } from "../../testing/recording-tool.ts";
import { calls, says } from "./loop/testing/scripted-model.ts";
import { core, end, eventsOf, HANG, messages, start, types } from "./testing/start-run.ts";

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
  expect((await made.runs.list({ limit: 9 })).runs).toEqual([]);
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
  expect((await made.runs.list({ limit: 9 })).runs).toEqual([]);
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
