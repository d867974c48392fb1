import { expect, it } from "vitest";
import type { RunEventBody } from "../../../main/areas/runs/contract.ts";
import type { PermissionId } from "../../../main/contract/ids.ts";
import { emptyTimeline } from "../runs/timeline/block.ts";
import { fold } from "../runs/timeline/fold.ts";
import { attemptOf } from "./attempt.ts";

const call = { id: "c", name: "shell_exec", arguments: { argv: ["git", "--version"] } };
const permissionId = `perm_${"0".repeat(32)}` as PermissionId;
const start: RunEventBody = { type: "run_start", clientId: "", prompt: "/shell_exec git --version" };
const begin: RunEventBody = { type: "tool_start", call };
const ask: RunEventBody = {
  type: "permission_request",
  permissionId,
  tool: call.name,
  action: "exec",
  target: "git --version",
  arguments: call.arguments,
  expiresAt: null,
  presentation: { wants: "", act: "", body: { kind: "command", text: "" }, risks: [] },
};
const settle = (outcome: "allowed" | "denied" | "withdrawn"): RunEventBody => ({
  type: "permission_settled",
  permissionId,
  outcome,
  decidedBy: { kind: "popup", name: "" },
  scope: null,
  reason: null,
});
const end = (isError: boolean): RunEventBody => ({
  type: "tool_end",
  call,
  result: { content: "", isError },
  durationMs: 1,
  decidedBy: null,
  createdAt: 0,
});

it.each<[string, RunEventBody[], string]>([
  ["nothing yet", [start], "starting"],
  ["asked", [start, begin, ask], "asking"],
  ["allowed, at work", [start, begin, ask, settle("allowed")], "running"],
  ["allowed and done", [start, begin, ask, settle("allowed"), end(false)], "allowed"],
  ["allowed, but the program is not there", [start, begin, ask, settle("allowed"), end(true)], "failed"],
  ["denied", [start, begin, ask, settle("denied"), end(true)], "refused"],
  ["withdrawn", [start, begin, ask, settle("withdrawn")], "refused"],
  ["a rule let it", [start, begin, end(false)], "allowed"],
  ["the run broke", [start, { type: "run_error", code: "x", message: "no" }], "broken"],
])("%s", (_, bodies, step) => {
  const events = bodies.map((body, i) => ({ ...body, seq: i + 1, at: 0 }));
  expect(attemptOf(fold(emptyTimeline, events)).step).toBe(step);
});
