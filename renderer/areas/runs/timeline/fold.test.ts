import { describe, expect, it } from "vitest";
import type { RunEvent, RunEventBody } from "../../../../main/areas/runs/contract.ts";
import type { Message, ToolCall } from "../../../../main/areas/sessions/contract.ts";
import type { PermissionId } from "../../../../main/contract/ids.ts";
import { emptyTimeline, type Block, type Timeline } from "./block.ts";
import { fold } from "./fold.ts";

const permissionId = `perm_${"a".repeat(32)}` as PermissionId;

const numbered = (bodies: readonly RunEventBody[], first = 1): RunEvent[] =>
  bodies.map((body, i) => ({ ...body, seq: first + i, at: 1000 + i }));

const start: RunEventBody = { type: "run_start", clientId: "cli", prompt: "hello" };
const delta = (text: string): RunEventBody => ({ type: "text_delta", delta: text });
const done: RunEventBody = { type: "run_done", text: "", usage: null };
const call = (id: string, name = "shell_exec", args: unknown = { argv: ["git", id] }): ToolCall => ({
  id,
  name,
  arguments: args,
});
const message = (text: string, more: Partial<Message> = {}): Message => ({
  role: "assistant",
  content: text === "" ? [] : [{ type: "text", text }],
  createdAt: 0,
  ...more,
});
const ask = (args: unknown, tool = "shell_exec"): RunEventBody => ({
  type: "permission_request",
  permissionId,
  tool,
  action: "exec",
  target: "git",
  arguments: args,
  expiresAt: null,
  presentation: { wants: "", act: "", body: { kind: "command", text: "git" }, risks: [] },
});
const settled: RunEventBody = {
  type: "permission_settled",
  permissionId,
  outcome: "denied",
  decidedBy: { kind: "popup", name: "" },
  scope: null,
  reason: "not now",
};
const toolEnd = (ended: ToolCall, content = "ok"): RunEventBody => ({
  type: "tool_end",
  call: ended,
  result: { content, isError: false },
  durationMs: 5,
  decidedBy: null,
  createdAt: 0,
});

const told = (bodies: readonly RunEventBody[]): Timeline => fold(emptyTimeline, numbered(bodies));
const textOf = (block: Block | undefined) => (block?.kind === "text" ? block.chunks.join("") : undefined);

describe("text", () => {
  it("joins deltas and ends with the message", () => {
    const { blocks, usage } = told([
      start,
      { type: "message_start", message: message("") },
      delta("one "),
      delta("two"),
      {
        type: "message_end",
        message: message("one two", {
          model: "m",
          usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
        }),
      },
      done,
    ]);
    expect(blocks.map((block) => block.kind)).toEqual(["prompt", "text", "end"]);
    expect(blocks[1]).toMatchObject({ state: "ended", model: "m", isCutShort: false });
    expect(textOf(blocks[1])).toBe("one two");
    expect(usage?.totalTokens).toBe(5);
  });

  it("is the same whether it comes at once, in halves or word by word", () => {
    const words = Array.from({ length: 400 }, (_, i) => delta(i % 20 === 19 ? "\n\n" : `w${i} `));
    const events = numbered([start, ...words, { type: "message_end", message: message("") }, done]);
    const atOnce = fold(emptyTimeline, events);
    const halves = fold(fold(emptyTimeline, events.slice(0, 200)), events.slice(200));
    const single = events.reduce((timeline, event) => fold(timeline, [event]), emptyTimeline);
    expect(halves).toEqual(atOnce);
    expect(single).toEqual(atOnce);
  });

  it("takes a message that was not streamed, and says nothing for one without words", () => {
    const { blocks } = told([
      { type: "message_end", message: message("whole") },
      { type: "message_end", message: message("") },
    ]);
    expect(blocks).toHaveLength(1);
    expect(textOf(blocks[0])).toBe("whole");
  });

  it("keeps a broken attempt apart from the one that worked", () => {
    const retry: RunEventBody = { type: "retry", error: "503", attempt: 1, maxAttempts: 4, delayMs: 10 };
    const { blocks } = told([
      delta("part"),
      retry,
      delta("all of it"),
      { type: "message_end", message: message("all of it") },
    ]);
    expect(blocks.map((block) => block.kind)).toEqual(["text", "note", "text"]);
    expect(blocks[0]).toMatchObject({ state: "abandoned" });
    expect(textOf(blocks[0])).toBe("part");
    expect(textOf(blocks[2])).toBe("all of it");
  });

  it("ignores the messages of users and tools", () => {
    expect(told([{ type: "message_end", message: { ...message("x"), role: "user" } }]).blocks).toEqual([]);
  });

  it("tells a final text that no message carried", () => {
    const { blocks } = told([start, { type: "run_done", text: "bye", usage: null }]);
    expect(textOf(blocks[1])).toBe("bye");
    expect(new Set(blocks.map((block) => block.key)).size).toBe(blocks.length);
  });

  it("marks a message cut at the model's limit", () => {
    const { blocks } = told([{ type: "message_end", message: message("x", { stopReason: "length" }) }]);
    expect(blocks[0]).toMatchObject({ isCutShort: true });
  });
});

describe("tools", () => {
  it("gives the permission to the call with the same arguments, not to the first of that name", () => {
    const { blocks } = told([
      { type: "tool_start", call: call("a") },
      { type: "tool_start", call: call("b") },
      ask({ argv: ["git", "b"] }),
      settled,
    ]);
    expect(blocks[0]).toMatchObject({ permission: null });
    expect(blocks[1]).toMatchObject({ permission: { settled: { outcome: "denied", reason: "not now" } } });
  });

  it("falls back to the first waiting call when arguments were normalized", () => {
    const { blocks } = told([{ type: "tool_start", call: call("a") }, ask({ argv: ["git", "a"], cwd: "." })]);
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({ permission: { id: permissionId, settled: null } });
  });

  it("shows a request without a call by itself", () => {
    const { blocks } = told([ask({ x: 1 }, "other")]);
    expect(blocks[0]).toMatchObject({ kind: "tool", call: { name: "other" } });
  });

  it("ends each call of a turn that was ended together, with normalized arguments", () => {
    const timeline = told([
      { type: "tool_start", call: call("a") },
      { type: "tool_start", call: call("b") },
      toolEnd(call("a", "shell_exec", { argv: ["git"], timeout: 30 }), "first"),
      toolEnd(call("b"), "second"),
    ]);
    expect(timeline.blocks).toMatchObject([
      { result: { content: "first" }, call: { arguments: { timeout: 30 } } },
      { result: { content: "second" } },
    ]);
    expect(timeline.openTools).toEqual([]);
  });

  it("keeps apart two turns that use the same call id", () => {
    const { blocks } = told([
      { type: "tool_start", call: call("1") },
      toolEnd(call("1"), "first"),
      { type: "tool_start", call: call("1") },
      toolEnd(call("1"), "second"),
    ]);
    expect(blocks).toMatchObject([{ result: { content: "first" } }, { result: { content: "second" } }]);
  });

  it("stops what still ran when the run ended", () => {
    const timeline = told([
      { type: "tool_start", call: call("a") },
      delta("x"),
      { type: "run_error", code: "canceled", message: "canceled" },
    ]);
    expect(timeline.blocks).toMatchObject([
      { isStopped: true, result: null },
      { state: "ended" },
      { kind: "end", status: "canceled" },
    ]);
    expect(timeline).toMatchObject({ isEnded: true, openTools: [] });
  });
});

describe("the end", () => {
  const error: RunEventBody = { type: "error", error: "canceled" };
  const canceled: RunEventBody = { type: "run_error", code: "canceled", message: "canceled" };

  it("is told once, also when it comes as the error of a pass first", () => {
    const { blocks } = told([start, error, { type: "loop_end" }, canceled]);
    expect(blocks.map((block) => block.kind)).toEqual(["prompt", "end"]);
  });

  it("keeps an error that something came after", () => {
    const { blocks } = told([start, error, delta("x"), canceled]);
    expect(blocks.map((block) => block.kind)).toEqual(["prompt", "note", "text", "end"]);
  });
});

describe("order", () => {
  const events = numbered([start, delta("a"), delta("b"), delta("c"), done]);

  it("skips what it has seen", () => {
    const timeline = fold(emptyTimeline, events);
    expect(fold(timeline, events)).toBe(timeline);
    expect(fold(fold(emptyTimeline, events.slice(0, 3)), events.slice(1))).toEqual(timeline);
  });

  it("stops at a gap, also inside a row of deltas", () => {
    const [first, second, , fourth, fifth] = events;
    const timeline = fold(
      emptyTimeline,
      [first, second, fourth, fifth].filter((e) => e !== undefined),
    );
    expect(timeline.lastSeq).toBe(2);
    expect(textOf(timeline.blocks[1])).toBe("a");
    expect(fold(timeline, events.slice(2)).isEnded).toBe(true);
  });

  it("leaves blocks that did not change as they were", () => {
    const before = fold(emptyTimeline, events.slice(0, 2));
    const after = fold(before, events.slice(2, 3));
    expect(after.blocks[0]).toBe(before.blocks[0]);
    expect(after.blocks[1]).not.toBe(before.blocks[1]);
    expect(textOf(before.blocks[1])).toBe("a");
  });
});

describe("usage", () => {
  it("sums the messages and gives way to the run's own", () => {
    const used = (totalTokens: number) => ({ inputTokens: totalTokens, outputTokens: 0, totalTokens });
    const bodies: RunEventBody[] = [
      { type: "message_end", message: message("a", { usage: used(5) }) },
      { type: "message_end", message: message("b", { usage: { ...used(7), cacheReadTokens: 2 } }) },
    ];
    expect(told(bodies).usage).toEqual({
      inputTokens: 12,
      outputTokens: 0,
      totalTokens: 12,
      cacheReadTokens: 2,
    });
    expect(told([...bodies, { type: "run_done", text: "", usage: used(99) }]).usage).toEqual(used(99));
  });
});
