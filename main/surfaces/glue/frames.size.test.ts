import { describe, expect, test } from "vitest";
import type { RunEventBody } from "../../areas/runs/contract.ts";
import type { Message } from "../../areas/sessions/contract.ts";
import { encodeBatch, NOTHING_TOLD } from "./frames.ts";
import { AT, batchOf, call, encode, NAMES, payload, PERMISSION, said, toolEnd } from "./testing/frames.ts";

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
    expect(JSON.parse(ended ?? "")).toMatchObject({
      tool_result: { content: [{ type: "text", text: "no" }], is_error: true },
    });
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
