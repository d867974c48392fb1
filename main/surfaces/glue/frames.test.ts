import { describe, expect, test } from "vitest";
import type { RunEventBody } from "../../areas/runs/contract.ts";
import { encodeBatch, NOTHING_TOLD, seqOfEventId } from "./frames.ts";
import {
  AT,
  batchOf,
  call,
  encode,
  NAMES,
  payload,
  PERMISSION,
  said,
  toolEnd,
  WIRE_RESULT,
  WIRE_SAID,
} from "./testing/frames.ts";

describe("a frame (Glue contract 2.1, 2.2)", () => {
  test("is three lines and a blank one, byte for byte", () => {
    expect(
      encode({ type: "run_start", clientId: "cli:me", prompt: "not told" }, { type: "loop_start" }),
    ).toBe(
      `id: evt_000102030405060708090a0b00000001
event: run_start
data: {"version":1,"id":"evt_000102030405060708090a0b00000001","seq":1,"run_id":"run_000102030405060708090a0b0c0d0e0f","session_id":"telegram:42","time":"2026-06-10T12:00:00.005Z","type":"run_start","payload":{"client_id":"cli:me"}}

id: evt_000102030405060708090a0b00000002
event: loop_start
data: {"version":1,"id":"evt_000102030405060708090a0b00000002","seq":2,"run_id":"run_000102030405060708090a0b0c0d0e0f","session_id":"telegram:42","time":"2026-06-10T12:00:00.005Z","type":"loop_start","payload":{"type":"loop_start"}}

`,
    );
  });

  test("stays one line whatever is in it", () => {
    const nasty = 'a\nb\rc\u2028d\u2029e"f\\g\0h\ud800';
    const names = { runId: NAMES.runId, sessionId: nasty };
    const batch = batchOf([{ type: "text_delta", delta: nasty }]);
    const frame = encodeBatch(names, batch, NOTHING_TOLD, 0).frames.toString();
    expect(frame.split(/\n/)).toHaveLength(5);
    expect(frame).not.toMatch(/\r/);
    const envelope = JSON.parse(frame.split("\n")[2]?.slice("data: ".length) ?? "") as Record<
      string,
      unknown
    >;
    expect(envelope).toMatchObject({ session_id: nasty, payload: { delta: nasty } });
  });
});

describe("the payload of (Glue contract 2.3)", () => {
  test.each<[string, RunEventBody[], string]>([
    ["run_start", [{ type: "run_start", clientId: "", prompt: "" }], '{"client_id":""}'],
    [
      "run_start of a skill",
      [{ type: "run_start", clientId: "c", prompt: "", skill: "triage" }],
      '{"client_id":"c","skill":"triage"}',
    ],
    ["loop_start", [{ type: "loop_start" }], '{"type":"loop_start"}'],
    ["turn_start", [{ type: "turn_start" }], '{"type":"turn_start"}'],
    [
      "message_start",
      [{ type: "message_start", message: { role: "assistant", content: [], model: "m", createdAt: AT } }],
      '{"type":"message_start","message":{"role":"assistant","model":"m","created_at":"2026-06-10T12:00:00.005Z"}}',
    ],
    ["text_delta", [{ type: "text_delta", delta: 'a"\n' }], '{"type":"text_delta","delta":"a\\"\\n"}'],
    [
      "message_end",
      [{ type: "message_end", message: said }],
      `{"type":"message_end","message":${WIRE_SAID}}`,
    ],
    [
      "message_end with thinking and a call",
      [
        {
          type: "message_end",
          message: {
            role: "assistant",
            content: [
              { type: "thinking", thinking: "hm", signature: "s" },
              { type: "tool_call", toolCall: call },
            ],
            stopReason: "tool_use",
            createdAt: AT,
          },
        },
      ],
      '{"type":"message_end","message":{"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"tool_call","tool_call":{"id":"call_1","name":"side_effect","arguments":{"value":"x"}}}],"stop_reason":"tool_use","created_at":"2026-06-10T12:00:00.005Z"}}',
    ],
    [
      "tool_start",
      [{ type: "tool_start", call }],
      '{"type":"tool_start","tool_call":{"id":"call_1","name":"side_effect","arguments":{"value":"x"}},"tool_call_id":"call_1","tool_name":"side_effect"}',
    ],
    [
      "tool_start whose arguments are no JSON",
      [{ type: "tool_start", call: { ...call, arguments: '{"value":' } }],
      '{"type":"tool_start","tool_call":{"id":"call_1","name":"side_effect","arguments":"{\\"value\\":"},"tool_call_id":"call_1","tool_name":"side_effect"}',
    ],
    [
      "permission_request",
      [
        {
          type: "permission_request",
          permissionId: PERMISSION,
          tool: "side_effect",
          action: "touch",
          target: "x",
          arguments: { value: "x" },
          expiresAt: AT + 600_000,
          presentation: { wants: "", act: "", body: { kind: "call", text: "" }, risks: [] },
        },
      ],
      '{"permission_id":"perm_00000000000000000000000000000001","request":{"tool":"side_effect","action":"touch","target":"x","args":{"value":"x"},"session_id":"telegram:42"},"expires_at":"2026-06-10T12:10:00.005Z"}',
    ],
    [
      "permission_request without a limit",
      [
        {
          type: "permission_request",
          permissionId: PERMISSION,
          tool: "t",
          action: "a",
          target: "",
          arguments: {},
          expiresAt: null,
          presentation: { wants: "", act: "", body: { kind: "call", text: "" }, risks: [] },
        },
      ],
      '{"permission_id":"perm_00000000000000000000000000000001","request":{"tool":"t","action":"a","target":"","args":{},"session_id":"telegram:42"},"expires_at":null}',
    ],
    [
      "permission_settled, which is ours",
      [
        {
          type: "permission_settled",
          permissionId: PERMISSION,
          outcome: "allowed",
          decidedBy: { kind: "popup", name: "" },
          scope: "session",
          reason: null,
        },
      ],
      '{"permission_id":"perm_00000000000000000000000000000001","outcome":"allowed","decided_by":{"kind":"popup","name":""},"scope":"session"}',
    ],
    [
      "tool_end",
      [toolEnd],
      `{"type":"tool_end","message":${WIRE_RESULT},"tool_call":{"id":"call_1","name":"side_effect","arguments":{"value":"x"}},"tool_call_id":"call_1","tool_name":"side_effect","tool_result":{"content":[{"type":"text","text":"no"}],"is_error":true}}`,
    ],
    [
      "tool_end that went well",
      [{ ...toolEnd, result: { content: "ok", isError: false, metadata: { exit_code: 0 } } }],
      '{"type":"tool_end","message":{"role":"tool","content":[{"type":"text","text":"ok"}],"tool_call_id":"call_1","tool_name":"side_effect","created_at":"2026-06-10T12:00:00.005Z","metadata":{"exit_code":0}},"tool_call":{"id":"call_1","name":"side_effect","arguments":{"value":"x"}},"tool_call_id":"call_1","tool_name":"side_effect","tool_result":{"content":[{"type":"text","text":"ok"}],"metadata":{"exit_code":0}}}',
    ],
    [
      "turn_end, with its assistant message",
      [{ type: "message_end", message: said }, { type: "turn_end" }],
      `{"type":"turn_end","message":${WIRE_SAID}}`,
    ],
    [
      "retry",
      [{ type: "retry", error: "429", attempt: 1, maxAttempts: 4, delayMs: 2_000 }],
      '{"type":"retry","error":"429","metadata":{"attempt":1,"max_attempts":4,"delay":"2s"}}',
    ],
    [
      "retry after less than a second",
      [{ type: "retry", error: "", attempt: 2, maxAttempts: 4, delayMs: 250 }],
      '{"type":"retry","error":"","metadata":{"attempt":2,"max_attempts":4,"delay":"250ms"}}',
    ],
    [
      "guardrail",
      [{ type: "guardrail", kind: "repeat", count: 3, action: "nudge", error: "e", message: said }],
      '{"type":"guardrail","error":"e","metadata":{"kind":"repeat","count":3,"action":"nudge"}}',
    ],
    [
      "message_end, whose marks go by the dialect's own names",
      [
        {
          type: "message_end",
          message: { role: "user", content: [], createdAt: AT, metadata: { guardrail: "repeat", other: 1 } },
        },
      ],
      '{"type":"message_end","message":{"role":"user","created_at":"2026-06-10T12:00:00.005Z","metadata":{"glue/guardrail":"repeat","other":1}}}',
    ],
    ["error", [{ type: "error", error: "context canceled" }], '{"type":"error","error":"context canceled"}'],
    [
      "loop_end, with the messages of its pass",
      [{ type: "loop_start" }, { type: "message_end", message: said }, toolEnd, { type: "loop_end" }],
      `{"type":"loop_end","messages":[${WIRE_SAID},${WIRE_RESULT}]}`,
    ],
    [
      "loop_end of a second pass",
      [{ type: "loop_start" }, toolEnd, { type: "loop_end" }, { type: "loop_start" }, { type: "loop_end" }],
      '{"type":"loop_end"}',
    ],
    [
      "compacted, which is ours",
      [{ type: "compacted", replaced: 4, summary: "s" }],
      '{"type":"compacted","replaced":4}',
    ],
    [
      "run_done",
      [
        { type: "loop_start" },
        toolEnd,
        { type: "message_end", message: said },
        { type: "loop_end" },
        { type: "run_done", text: "Hi <b>", usage: null },
      ],
      `{"message":${WIRE_SAID},"new_messages":[${WIRE_RESULT},${WIRE_SAID}],"text":"Hi <b>"}`,
    ],
    [
      "run_done of a run in which nothing was said",
      [{ type: "run_done", text: "", usage: null }],
      '{"message":null,"new_messages":[],"text":""}',
    ],
    [
      "run_error",
      [{ type: "run_error", code: "interrupted", message: "stopped" }],
      '{"error":{"code":"internal","message":"stopped","retryable":false}}',
    ],
    [
      "run_error of a cancelled run",
      [{ type: "run_error", code: "canceled", message: "context canceled" }],
      '{"error":{"code":"canceled","message":"context canceled","retryable":false}}',
    ],
  ])("%s", (_name, bodies, expected) => {
    expect(payload(...bodies)).toBe(expected);
  });
});

describe("several subscribers", () => {
  const first = batchOf([{ type: "loop_start" }, { type: "message_end", message: said }]);
  const second = batchOf([{ type: "turn_end" }, { type: "loop_end" }], 3);

  test("share one encoding", () => {
    const [one, two] = [1, 2].map(() => encodeBatch(NAMES, first, NOTHING_TOLD, 0));
    expect(one?.frames).toBe(two?.frames);
    expect(encodeBatch(NAMES, second, one?.told ?? NOTHING_TOLD, 0).frames).toBe(
      encodeBatch(NAMES, second, two?.told ?? NOTHING_TOLD, 0).frames,
    );
  });

  test("who resumes gets the rest, byte for byte, and what is said later knows what was said before", () => {
    const whole = [first, second].reduce(
      ({ text, told }, batch) => {
        const encoded = encodeBatch(NAMES, batch, told, 0);
        return { text: text + encoded.frames.toString(), told: encoded.told };
      },
      { text: "", told: NOTHING_TOLD },
    ).text;
    const frames = whole.split(/(?<=\n\n)/);
    for (let after = 0; after <= 4; after += 1) {
      const one = encodeBatch(NAMES, first, NOTHING_TOLD, after);
      const two = encodeBatch(NAMES, second, one.told, after);
      expect(one.frames.toString() + two.frames.toString()).toBe(frames.slice(after).join(""));
    }
  });
});

describe("an event's id", () => {
  test.each([
    ["evt_000102030405060708090a0b00000001", 1],
    ["evt_000102030405060708090a0b0000ffff", 65_535],
    ["evt_000102030405060708090a0b0000FFFF", 0],
    ["evt_000102030405060708090a0b1", 0],
    ["evt_000102030405060708090a0b000000011", 0],
    ["evt_ff0102030405060708090a0b00000001", 0],
    ["7", 0],
    ["", 0],
  ])("%s resumes after %i", (id, seq) => {
    expect(seqOfEventId(NAMES.runId, id)).toBe(seq);
  });
});
