import { describe, expect, test } from "vitest";
import type { SessionId } from "../../contract/ids.ts";
import { until, type CoreOptions } from "../../testing/core.ts";
import { createRecordingTool } from "../../testing/recording-tool.ts";
import type { PermissionSummary } from "../permissions/contract.ts";
import { calls, says } from "./loop/testing/scripted-model.ts";
import {
  AT_POPUP,
  core,
  end,
  eventsOf,
  HANG,
  messages,
  POPUP,
  start,
  statuses,
  types,
} from "./testing/start-run.ts";

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
    made.permissions.decide(asked.id, { decision: "allow", scope: "once" }, AT_POPUP);
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
    made.permissions.decide(asked.id, { decision: "deny", scope: "once", reason: "not now" }, AT_POPUP);
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
        return { action: "touch", target: "a.txt", remember: "wide" };
      },
    });
    const made = core([calls(["side_effect", '{"value":"a.txt"}']), says("done")], { tools: [tool] });
    const { id } = await start(made);
    await until(() => made.permissions.pendingCount() > 0);
    (args["given"] as Record<string, unknown>)["value"] = "/etc/passwd";
    const [asked] = made.permissions.pending();
    if (asked === undefined) throw new Error("nobody was asked");
    made.permissions.decide(asked.id, { decision: "allow", scope: "once" }, AT_POPUP);
    await end(made, id);
    expect(tool.executed).toEqual([]);
    expect(messages(made)[2]).toContain(
      "permission denied: the call, or what it acts on, changed after it was shown; look again, then ask anew",
    );
  });

  test("that can't say what it would do asks nobody, and does not run", async () => {
    const tool = createRecordingTool("side_effect", {
      present: () => {
        throw new Error("no words");
      },
    });
    const made = core([calls(["side_effect", "{}"]), says("done")], { tools: [tool] });
    const { id } = await start(made);
    expect((await end(made, id)).error?.message).toContain("no words");
    expect(tool.executed).toEqual([]);
    expect(made.payloads("permissions.asked")).toEqual([]);
    expect((await made.permissions.decisions({ limit: 9 })).decisions).toEqual([]);
  });

  test("asks in the name of whoever started the run", async () => {
    const made = core([calls(["side_effect", "{}"]), HANG]);
    const asker = { kind: "key", id: "key_1", name: "nightly" } as const;
    const { id } = await start(made, { asker });
    await until(() => made.permissions.pendingCount() > 0);
    expect(made.permissions.pending()).toMatchObject([
      { door: "run", runId: id, asker, callId: expect.anything() },
    ]);
    made.runs.cancel(id);
    await end(made, id);
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
    expect((await made.permissions.decisions({ limit: 9 })).decisions).toMatchObject([
      { runId: id, outcome: "allowed" },
    ]);
  });
});
