import type { RunEvent, RunEventBody } from "../../../areas/runs/contract.ts";
import type { Message } from "../../../areas/sessions/contract.ts";
import type { PermissionId } from "../../../contract/ids.ts";
import { encodeBatch, NOTHING_TOLD } from "../frames.ts";

export const NAMES = { runId: "run_000102030405060708090a0b0c0d0e0f", sessionId: "telegram:42" };
export const AT = Date.UTC(2026, 5, 10, 12, 0, 0, 5);
export const PERMISSION = "perm_00000000000000000000000000000001" as PermissionId;

export const said: Message = {
  role: "assistant",
  content: [{ type: "text", text: "Hi <b>" }],
  provider: "p",
  model: "m",
  stopReason: "stop",
  usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
  createdAt: AT,
};
export const WIRE_SAID =
  '{"role":"assistant","content":[{"type":"text","text":"Hi <b>"}],"provider":"p","model":"m","stop_reason":"stop","usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3},"created_at":"2026-06-10T12:00:00.005Z"}';
export const call = { id: "call_1", name: "side_effect", arguments: { value: "x" } };
export const WIRE_RESULT =
  '{"role":"tool","content":[{"type":"text","text":"no"}],"tool_call_id":"call_1","tool_name":"side_effect","is_error":true,"created_at":"2026-06-10T12:00:00.005Z"}';

export const toolEnd: Extract<RunEventBody, { type: "tool_end" }> = {
  type: "tool_end",
  call,
  result: { content: "no", isError: true },
  durationMs: 3,
  decidedBy: null,
  createdAt: AT,
};

export const batchOf = (bodies: readonly RunEventBody[], firstSeq = 1) => {
  const events = bodies.map((body, i): RunEvent => ({ seq: firstSeq + i, at: AT, ...body }));
  return { events, firstSeq, lastSeq: firstSeq + events.length - 1 };
};

export const encode = (...bodies: RunEventBody[]) =>
  encodeBatch(NAMES, batchOf(bodies), NOTHING_TOLD, 0).frames.toString();
export const lastData = (...bodies: RunEventBody[]) =>
  /data: (.*)\n\n$/.exec(encode(...bodies))?.[1] ?? "there is no frame at the end";
export const payload = (...bodies: RunEventBody[]) => /"payload":(.*)\}$/.exec(lastData(...bodies))?.[1];
