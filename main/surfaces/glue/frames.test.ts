import { describe, expect, test } from "vitest";
import type { PermissionId } from "../../contract/ids.ts";
import type { RunEvent, RunEventBody } from "../../areas/runs/contract.ts";
import type { Message } from "../../areas/sessions/contract.ts";
import { encodeBatch, NOTHING_TOLD, seqOfEventId } from "./frames.ts";

const NAMES = { runId: "run_000102030405060708090a0b0c0d0e0f", sessionId: "telegram:42" };
const AT = Date.UTC(2026, 5, 10, 12, 0, 0, 5);
const PERMISSION = "perm_00000000000000000000000000000001" as PermissionId;

const said: Message = {
  role: "assistant",
  content: [{ type: "text", text: "Hi <b>" }],
  provider: "p",
  model: "m",
  stopReason: "stop",
  usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
  createdAt: AT,
};
const WIRE_SAID =
  '{"role":"assistant","content":[{"type":"text","text":"Hi <b>"}],"provider":"p","model":"m","stop_reason":"stop","usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3},"created_at":"2026-06-10T12:00:00.005Z"}';
const call = { id: "call_1", name: "side_effect", arguments: { value: "x" } };
const WIRE_RESULT =
  '{"role":"tool","content":[{"type":"text","text":"no"}],"tool_call_id":"call_1","tool_name":"side_effect","is_error":true,"created_at":"2026-06-10T12:00:00.005Z"}';

const toolEnd: RunEventBody = {
  type: "tool_end",
  call,
  result: { content: "no", isError: true },
  durationMs: 3,
  decidedBy: null,
  createdAt: AT,
};

const batchOf = (bodies: readonly RunEventBody[], firstSeq = 1) => {
  const events = bodies.map((body, i): RunEvent => ({ seq: firstSeq + i, at: AT, ...body }));
  return { events, firstSeq, lastSeq: firstSeq + events.length - 1 };
};

const encode = (...bodies: RunEventBody[]) =>
  encodeBatch(NAMES, batchOf(bodies), NOTHING_TOLD, 0).frames.toString();
const lastData = (...bodies: RunEventBody[]) =>
  /data: (.*)\n\n$/.exec(encode(...bodies))?.[1] ?? "there is no frame at the end";
const payload = (...bodies: RunEventBody[]) => /"payload":(.*)\}$/.exec(lastData(...bodies))?.[1];

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
      `{"type":"tool_end","message":${WIRE_RESULT},"tool_call":{"id":"call_1","name":"side_effect","arguments":{"value":"x"}},"tool_call_id":"call_1","tool_name":"side_effect","tool_result":{"content":"no","is_error":true}}`,
    ],
    [
      "tool_end that went well",
      [{ ...toolEnd, result: { content: "ok", isError: false, metadata: { exit_code: 0 } } }],
      '{"type":"tool_end","message":{"role":"tool","content":[{"type":"text","text":"ok"}],"tool_call_id":"call_1","tool_name":"side_effect","created_at":"2026-06-10T12:00:00.005Z"},"tool_call":{"id":"call_1","name":"side_effect","arguments":{"value":"x"}},"tool_call_id":"call_1","tool_name":"side_effect","tool_result":{"content":"ok","metadata":{"exit_code":0}}}',
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
      "auto_continue",
      [
        {
          type: "auto_continue",
          message: {
            role: "user",
            content: [{ type: "text", text: "continue" }],
            createdAt: AT,
            metadata: { "glue/auto-continue": true },
          },
        },
      ],
      '{"type":"auto_continue","message":{"role":"user","content":[{"type":"text","text":"continue"}],"created_at":"2026-06-10T12:00:00.005Z","metadata":{"glue/auto-continue":true}}}',
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

describe("no line is too long for a Glue client", () => {
  const LIMIT = 1_000_000;
  const fills = {
    plain: "x".repeat(3_000_000),
    escaped: '\\"\n'.repeat(700_000),
    controls: "\u0001".repeat(400_000),
    wide: "✓".repeat(700_000),
    pairs: "🙂".repeat(500_000),
  };
  const huge = (text: string): Message => ({ ...said, content: [{ type: "text", text }] });
  const usages = (json: string) => json.split('"usage":').length - 1;

  const events: [string, (text: string) => RunEventBody[]][] = [
    ["run_start", (text) => [{ type: "run_start", clientId: text, prompt: text }]],
    ["text_delta", (text) => [{ type: "text_delta", delta: text }]],
    ["message_end", (text) => [{ type: "message_end", message: huge(text) }]],
    ["turn_end", (text) => [{ type: "message_end", message: huge(text) }, { type: "turn_end" }]],
    ["tool_start", (text) => [{ type: "tool_start", call: { ...call, arguments: { value: text } } }]],
    ["tool_start without JSON", (text) => [{ type: "tool_start", call: { ...call, arguments: text } }]],
    [
      "tool_end",
      (text) => [{ ...toolEnd, result: { content: text, isError: false, metadata: { all: text } } }],
    ],
    ["error", (text) => [{ type: "error", error: text }]],
    ["retry", (text) => [{ type: "retry", error: text, attempt: 1, maxAttempts: 4, delayMs: 1 }]],
    ["run_error", (text) => [{ type: "run_error", code: "internal", message: text }]],
    ["loop_end", (text) => [{ type: "message_end", message: huge(text) }, { type: "loop_end" }]],
    [
      "run_done",
      (text) => [
        { ...toolEnd, result: { content: text, isError: false } },
        { type: "message_end", message: huge(text) },
        { type: "run_done", text, usage: null },
      ],
    ],
    [
      "permission_request",
      (text) => [
        {
          type: "permission_request",
          permissionId: PERMISSION,
          tool: "t",
          action: "a",
          target: text,
          arguments: { value: text },
          expiresAt: AT,
          presentation: { wants: "", act: "", body: { kind: "call", text }, risks: [] },
        },
      ],
    ],
  ];

  test.each(events)("%s", (_name, make) => {
    for (const [kind, text] of Object.entries(fills)) {
      const lines = encode(...make(text)).split("\n");
      const lengths = lines.map((line) => Buffer.byteLength(line));
      expect(Math.max(...lengths), kind).toBeLessThan(LIMIT);
      for (const line of lines) if (line.startsWith("data: ")) JSON.parse(line.slice("data: ".length));
    }
  });

  test("not even with a session's name that is as long as it may be", () => {
    const names = { runId: NAMES.runId, sessionId: "\u0001".repeat(1024) };
    const batch = batchOf([{ type: "text_delta", delta: fills.plain }]);
    const frame = encodeBatch(names, batch, NOTHING_TOLD, 0).frames;
    expect(frame.byteLength).toBeLessThan(LIMIT);
  });

  test("what clients need of a request is never left out", () => {
    const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key number ${i}`, i]));
    const json = payload({
      type: "permission_request",
      permissionId: PERMISSION,
      tool: "t",
      action: "a",
      target: fills.plain,
      arguments: keys,
      expiresAt: AT,
      presentation: { wants: "", act: "", body: { kind: "call", text: "" }, risks: [] },
    });
    expect(JSON.parse(json ?? "")).toMatchObject({
      permission_id: PERMISSION,
      request: {
        tool: "t",
        action: "a",
        target: expect.stringContaining("more characters; Gatehouse shows them"),
      },
      expires_at: "2026-06-10T12:00:00.005Z",
    });
    const started = payload({ type: "tool_start", call: { ...call, arguments: keys } });
    expect(JSON.parse(started ?? "")).toMatchObject({ tool_call_id: "call_1", tool_name: "side_effect" });
    const ended = payload({ ...toolEnd, call: { ...call, arguments: keys } });
    expect(JSON.parse(ended ?? "")).toMatchObject({ tool_result: { content: "no", is_error: true } });
  });

  test("a reply of 400 KB arrives whole, and who counts tokens still can", () => {
    const text = "x".repeat(400_000);
    const tools = Array.from({ length: 20 }, (): RunEventBody => {
      return { ...toolEnd, result: { content: "y".repeat(80_000), isError: false } };
    });
    const json = payload(
      ...tools,
      { type: "message_end", message: huge(text) },
      { type: "run_done", text, usage: null },
    );
    const done = JSON.parse(json ?? "") as { text: string; new_messages: { role: string }[] };
    expect(done.text).toBe(text);
    expect(usages(json ?? "")).toBeGreaterThan(0);
    expect(done.new_messages).toHaveLength(21);
  });

  test("a reply that does not fit is shortened and says so", () => {
    const done = JSON.parse(payload({ type: "run_done", text: fills.plain, usage: null }) ?? "") as {
      text: string;
    };
    expect(done.text).toMatch(/^x{200000} \[2800000 more characters; Gatehouse shows them\]$/);
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
