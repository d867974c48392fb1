import { describe, expect, it } from "vitest";
import { textOf } from "./messages.ts";
import { play, spoke, words } from "./testing/play.ts";
import { calls, says } from "./testing/scripted-model.ts";

const usage = { inputTokens: 10, outputTokens: 2, totalTokens: 12 };

describe("a text run", () => {
  it("tells its events in order, each word once", async () => {
    const run = play([says("Hel", "", "lo")]);
    const outcome = await run.done;
    expect(run.events.map((event) => event.type)).toEqual([
      "loop_start",
      "turn_start",
      "message_start",
      "text_delta",
      "text_delta",
      "message_end",
      "turn_end",
      "loop_end",
    ]);
    expect(run.find("message_start")[0]?.message).toEqual({
      role: "assistant",
      content: [],
      provider: "scripted",
      model: "m",
      createdAt: run.clock.now(),
    });
    expect(run.find("message_end")[0]?.message).toMatchObject({
      content: [{ type: "text", text: "Hello" }],
      stopReason: "stop",
    });
    expect(outcome).toMatchObject({ text: "Hello", usage: null, compaction: null, error: null });
    expect(outcome.newMessages.map((message) => message.role)).toEqual(["user", "assistant"]);
  });

  it("keeps thinking, text and calls as the parts they were, and adds up usage", async () => {
    const run = play([
      [
        { type: "thinking", delta: "first " },
        { type: "thinking", delta: "block", signature: "s1" },
        { type: "thinking", delta: "second" },
        { type: "text", delta: "a" },
        { type: "text", delta: "b" },
        { type: "tool_call", id: "c", name: "plain", arguments: "{}" },
        { type: "text", delta: "c" },
        { type: "end", stopReason: "tool_use", usage: { ...usage, cacheReadTokens: 4 } },
      ],
      [
        { type: "text", delta: "done" },
        { type: "end", stopReason: "stop", usage },
      ],
    ]);
    const outcome = await run.done;
    expect(outcome.newMessages[1]?.content).toEqual([
      { type: "thinking", thinking: "first block", signature: "s1" },
      { type: "thinking", thinking: "second" },
      { type: "text", text: "ab" },
      { type: "tool_call", toolCall: { id: "c", name: "plain", arguments: {} } },
      { type: "text", text: "c" },
    ]);
    expect(outcome.usage).toEqual({ inputTokens: 20, outputTokens: 4, totalTokens: 24, cacheReadTokens: 4 });
    expect(outcome.text).toBe("done");
  });

  it("hands the model a sound history, the system text, tools and options", async () => {
    const orphan = { ...spoke("user", "x"), role: "tool" as const, toolCallId: "gone" };
    const run = play([says("ok")], { history: [orphan, spoke("user", "a")], system: "S", options: { k: 1 } });
    await run.done;
    const request = run.model.requests[0];
    expect(request?.messages.map(textOf)).toEqual(["a", "hello"]);
    expect(request).toMatchObject({ model: "m", system: "S", options: { k: 1 } });
    expect(request?.tools.map((tool) => tool.name)).toEqual(["plain", "broken"]);
  });
});

describe("a tool run", () => {
  it("runs calls one after the other and tells of their ends together", async () => {
    const order: string[] = [];
    const run = play([calls(["plain", '{"n":1}'], ["broken", '{"n":2}']), says("done")], {
      async execute(call) {
        order.push(`start ${call.id}`);
        await Promise.resolve();
        order.push(`end ${call.id}`);
        const isError = call.name === "broken";
        return {
          result: { content: call.id, isError },
          decidedBy: { kind: "popup", name: "" },
          durationMs: 7,
        };
      },
    });
    const outcome = await run.done;
    expect(order).toEqual(["start call_1", "end call_1", "start call_2", "end call_2"]);
    expect(run.types()).toEqual(
      words(
        "loop_start turn_start message_start message_end",
        "tool_start tool_start tool_end tool_end turn_end",
        "turn_start message_start message_end turn_end loop_end",
      ),
    );
    expect(run.find("tool_end")[0]).toMatchObject({
      call: { id: "call_1", name: "plain" },
      result: { content: "call_1", isError: false },
      decidedBy: { kind: "popup" },
      durationMs: 7,
    });
    const results = outcome.newMessages.filter((message) => message.role === "tool");
    expect(results.map((message) => [message.toolCallId, message.isError])).toEqual([
      ["call_1", undefined],
      ["call_2", true],
    ]);
    expect(run.model.requests[1]?.messages).toHaveLength(4);
  });

  it("shows arguments as sent at the start, normalized at the end and to the tool", async () => {
    const run = play([calls(["plain", '{"b":1,"a":2}']), says("done")]);
    await run.done;
    expect(JSON.stringify(run.find("tool_start")[0]?.call.arguments)).toBe('{"b":1,"a":2}');
    expect(JSON.stringify(run.find("tool_end")[0]?.call.arguments)).toBe('{"a":2,"b":1}');
    expect(JSON.stringify(run.executed[0]?.arguments)).toBe('{"a":2,"b":1}');
  });

  it("answers bad input itself and goes on", async () => {
    const run = play([
      calls(['no"such', "{}"], ["plain", '{"a":'], ["plain", "[]"], ["plain", ""]),
      says("done"),
    ]);
    const outcome = await run.done;
    expect(run.find("tool_end").map((event) => event.result.content)).toEqual([
      'unknown tool "no\\"such"',
      expect.stringMatching(/^invalid arguments for tool "plain": ./),
      'invalid arguments for tool "plain": expected a JSON object, got an array',
      "ok",
    ]);
    expect(run.find("tool_end").map((event) => event.result.isError)).toEqual([true, true, true, false]);
    expect(run.find("tool_start")[1]?.call.arguments).toBe('{"a":');
    expect(run.executed).toEqual([{ id: "call_4", name: "plain", arguments: {} }]);
    expect(outcome).toMatchObject({ text: "done", error: null });
  });

  it("gives calls ids of their own when the model repeats or omits them", async () => {
    const run = play([calls(["plain", '{"n":1}']), calls(["plain", '{"n":2}']), says("done")]);
    await run.done;
    expect(run.find("tool_end").map((event) => event.call.id)).toEqual(["call_1", "call_1_2"]);
    const [, , , second] = run.model.requests[2]?.messages ?? [];
    expect(second?.content[0]).toMatchObject({ toolCall: { id: "call_1_2" } });
  });

  it("fails when the gate fails, and keeps the results that are in", async () => {
    const run = play([calls(["plain", '{"n":1}'], ["plain", '{"n":2}'])], {
      execute(call) {
        if (call.arguments.n === 2) return Promise.reject(new Error("the ledger is full"));
        return Promise.resolve({ result: { content: "ok", isError: false }, decidedBy: null, durationMs: 0 });
      },
    });
    const outcome = await run.done;
    expect(outcome.error).toEqual({ code: "internal", message: "the ledger is full" });
    expect(run.types().slice(-5)).toEqual(["tool_start", "tool_start", "tool_end", "error", "loop_end"]);
    expect(outcome.newMessages.map((message) => message.role)).toEqual(["user", "assistant", "tool"]);
  });
});

describe("limits", () => {
  it("ends after the last turn of the budget", async () => {
    let n = 0;
    const run = play([calls(["plain", "{}"])], {
      maxTurns: 2,
      execute: () =>
        Promise.resolve({
          result: { content: `${(n += 1)}`, isError: false },
          decidedBy: null,
          durationMs: 0,
        }),
    });
    const outcome = await run.done;
    expect(outcome.error).toEqual({ code: "internal", message: "loop: maximum turns exceeded (2)" });
    expect(run.types().slice(-4)).toEqual(["tool_end", "turn_end", "error", "loop_end"]);
    const stopReasons = run.find("message_end").map((event) => event.message.stopReason);
    expect(stopReasons).toEqual(["tool_use", "max_turns"]);
    expect(outcome.newMessages.findLast((message) => message.role === "assistant")?.stopReason).toBe(
      "max_turns",
    );
    expect(n).toBe(2);
  });

  it("ends a run that calls tools without end, before the calls that are too many", async () => {
    const turn = calls(...Array.from({ length: 100 }, () => ["plain", "{}"] as const));
    const run = play([turn], { maxTurns: 1_000 });
    const outcome = await run.done;
    expect(outcome.error).toEqual({
      code: "internal",
      message: "loop: more than 5,000 tool calls in one run",
    });
    expect(run.executed).toHaveLength(5_000);
    expect(new Set(run.executed.map(({ id }) => id)).size).toBe(5_000);
    expect(run.types().slice(-3)).toEqual(["message_end", "error", "loop_end"]);
  });

  it("refuses an answer with more calls than a person could answer as a whole, and does not ask again", async () => {
    const run = play([calls(...Array.from({ length: 100_000 }, () => ["plain", "{}"] as const))]);
    const outcome = await run.done;
    expect(outcome.error).toEqual({
      code: "internal",
      message: "the model's answer was not taken: it has more than 128 tool calls",
    });
    expect(run.executed).toEqual([]);
    expect(run.model.requests).toHaveLength(1);
    expect(run.types()).toEqual(["loop_start", "turn_start", "message_start", "error", "loop_end"]);
  });

  it("lets a model finish in its last turn", async () => {
    const outcome = await play([says("done")], { maxTurns: 1 }).done;
    expect(outcome.error).toBeNull();
  });

  it("nudges at the third and halts at the fifth time the same call is made", async () => {
    const run = play([calls(["plain", '{"a":1,"b":2}'])]);
    const outcome = await run.done;
    expect(run.find("guardrail").map(({ kind, action, count }) => [kind, action, count])).toEqual([
      ["repeat", "nudge", 3],
      ["repeat", "halt", 5],
    ]);
    expect(outcome.error?.message).toBe('loop: the same call of "plain" was made 5 times in a row');
    expect(run.types().slice(-4)).toEqual(["turn_end", "guardrail", "error", "loop_end"]);
    const nudge = run.model.requests[3]?.messages.at(-1);
    expect(nudge).toMatchObject({ role: "user", metadata: { guardrail: "repeat" } });
    expect(run.find("guardrail")[0]?.message).toEqual(nudge);
    expect(run.find("guardrail")[1]).not.toHaveProperty("message");
  });

  it("gives no advice when there is no turn left to follow it", async () => {
    const run = play([calls(["plain", "{}"])], { maxTurns: 3 });
    const outcome = await run.done;
    expect(run.find("guardrail")).toEqual([]);
    expect(outcome.newMessages.at(-1)?.role).toBe("tool");
  });

  it("nudges at the third and halts at the sixth round without success", async () => {
    const script = Array.from({ length: 9 }, (_, n) => calls(["broken", `{"n":${n}}`], ["nonsense", "{}"]));
    const run = play(script);
    await run.done;
    expect(run.find("guardrail").map(({ kind, action, count }) => [kind, action, count])).toEqual([
      ["mistakes", "nudge", 3],
      ["mistakes", "halt", 6],
    ]);
  });
});
