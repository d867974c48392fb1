import { describe, expect, it } from "vitest";
import type { Message } from "../../sessions/contract.ts";
import { ModelError } from "../model.ts";
import { textOf } from "./messages.ts";
import { callsTool, play, settle, spoke, toolResult, words, type Play } from "./testing/play.ts";
import { calls, says, type ScriptedTurn } from "./testing/scripted-model.ts";

const overloaded = new ModelError("Overloaded", { status: 529 });
const tooLong = new ModelError("prompt is too long: 300000 tokens", { status: 400 });
const notes = "## Goal\nship it";

/** 240 messages of 54 words: over both thresholds. */
const longHistory: readonly Message[] = Array.from({ length: 240 }, (_, index) => {
  return spoke(index % 2 === 0 ? "user" : "assistant", `${index} ${"word ".repeat(53)}`, {
    createdAt: index,
  });
});

async function advance(run: Play, ms: number): Promise<void> {
  await settle();
  run.clock.advance(ms);
  await settle();
}

/** Ends of a canceled run: what clients wait for. */
async function expectCanceled(run: Play): Promise<void> {
  const outcome = await run.done;
  expect(outcome.error).toEqual({ code: "canceled", message: "context canceled" });
  expect(run.types().slice(-2)).toEqual(["error", "loop_end"]);
  expect(run.find("error").at(-1)?.error).toBe("context canceled");
  expect(run.clock.waiting).toBe(0);
}

describe("retries", () => {
  it("waits as long as the server asks, after saying so, and forgets the failed attempt", async () => {
    const hinted = new ModelError("429", { status: 429, retryAfterMs: 7_000 });
    const run = play([[{ type: "text", delta: "partial" }, hinted], says("ok")]);
    await advance(run, 6_999);
    expect(run.find("retry")).toEqual([
      { type: "retry", error: "429", attempt: 1, maxAttempts: 4, delayMs: 7_000 },
    ]);
    expect(run.model.requests).toHaveLength(1);
    await advance(run, 1);
    const outcome = await run.done;
    expect(run.types().slice(1, -1)).toEqual([
      "turn_start",
      "message_start",
      "retry",
      "message_start",
      "message_end",
      "turn_end",
    ]);
    expect(run.find("text_delta").map((event) => event.delta)).toEqual(["partial", "ok"]);
    expect(outcome.newMessages.map(textOf)).toEqual(["hello", "ok"]);
    expect(run.model.requests[1]?.messages).toEqual(run.model.requests[0]?.messages);
  });

  it("gives up after four attempts", async () => {
    const run = play([[overloaded]]);
    for (const ms of [2_000, 4_000, 8_000]) await advance(run, ms);
    const outcome = await run.done;
    expect(run.find("retry").map((event) => [event.attempt, event.delayMs])).toEqual([
      [1, 2_000],
      [2, 4_000],
      [3, 8_000],
    ]);
    const message = "loop: provider failed after 4 attempts: Overloaded";
    expect(outcome.error).toEqual({ code: "internal", message });
    expect(run.types().slice(-2)).toEqual(["error", "loop_end"]);
    expect(outcome.newMessages).toHaveLength(1);
  });

  it("treats a stream without an end as a passing failure", async () => {
    const run = play([[{ type: "text", delta: "half" }], says("whole")]);
    await advance(run, 2_000);
    expect((await run.done).text).toBe("whole");
    expect(run.find("retry")[0]?.error).toBe("stream closed before done");
  });

  it("does not run the calls of a failed attempt", async () => {
    const call = { type: "tool_call", id: "c", name: "plain", arguments: "{}" } as const;
    const run = play([[call, overloaded], says("ok")]);
    await advance(run, 2_000);
    await run.done;
    expect(run.executed).toEqual([]);
  });

  it.each([
    new ModelError("Incorrect API key provided", { status: 401 }),
    new Error("401 Unauthorized"),
    new TypeError("cannot read properties of undefined"),
  ])("gives up at once: $message", async (error) => {
    const run = play([[error]]);
    const outcome = await run.done;
    expect(outcome.error).toEqual({ code: "internal", message: error.message });
    expect(run.types()).toEqual(["loop_start", "turn_start", "error", "loop_end"]);
  });
});

describe("cancellation", () => {
  it.each([
    ["short", []],
    ["long", longHistory],
  ])("before the start takes no turn, with a %s history", async (_, history) => {
    const run = play([says("never")], { signal: AbortSignal.abort(), history });
    await expectCanceled(run);
    expect(run.types()).toEqual(["loop_start", "error", "loop_end"]);
    expect(run.model.requests).toEqual([]);
    expect((await run.done).newMessages).toHaveLength(1);
  });

  it("while the model is silent, even if it does not listen", async () => {
    const run = play([["hang"]]);
    await settle();
    run.cancel();
    await expectCanceled(run);
    expect(run.types()).toEqual(["loop_start", "turn_start", "error", "loop_end"]);
  });

  it("while streaming keeps the text that came, without its calls", async () => {
    const call = { type: "tool_call", id: "c", name: "plain", arguments: "{}" } as const;
    const run = play([[{ type: "text", delta: "so far" }, call, "hang"]]);
    await settle();
    run.cancel();
    await expectCanceled(run);
    const [, partial] = (await run.done).newMessages;
    expect(partial).toMatchObject({ stopReason: "canceled", content: [{ type: "text", text: "so far" }] });
    expect(run.find("message_end")[0]?.message).toBe(partial);
    expect(run.executed).toEqual([]);
  });

  it("while waiting for a retry keeps nothing of the failed attempt", async () => {
    const run = play([[{ type: "text", delta: "partial" }, overloaded]]);
    await settle();
    expect(run.clock.waiting).toBe(1);
    run.cancel();
    await expectCanceled(run);
    expect((await run.done).newMessages).toHaveLength(1);
  });

  it("in a tool keeps the results that are in, and gives up on a tool that does not listen", async () => {
    const run = play([calls(["plain", '{"n":1}'], ["plain", '{"n":2}'], ["plain", '{"n":3}'])], {
      execute: (call) =>
        call.arguments.n === 1
          ? Promise.resolve({ result: { content: "one", isError: false }, decidedBy: null, durationMs: 0 })
          : new Promise(() => {}),
    });
    await settle();
    run.cancel();
    await advance(run, 2_000);
    await expectCanceled(run);
    expect(run.find("tool_start")).toHaveLength(2);
    expect(run.find("tool_end").map((event) => event.result.content)).toEqual(["one"]);
    expect((await run.done).newMessages.map((message) => message.role)).toEqual([
      "user",
      "assistant",
      "tool",
    ]);
  });

  it("in a tool that stops as it is told keeps what it got done", async () => {
    const run = play([calls(["plain", "{}"])], {
      execute: (_, signal) =>
        new Promise((resolve) => {
          const result = { content: "half of it", isError: true };
          signal.addEventListener("abort", () => resolve({ result, decidedBy: null, durationMs: 5 }));
        }),
    });
    await settle();
    run.cancel();
    await expectCanceled(run);
    expect(run.types().slice(-4)).toEqual(["tool_start", "tool_end", "error", "loop_end"]);
    expect(run.find("tool_end")[0]?.result.content).toBe("half of it");
  });

  it("wins over whatever a tool or the model says to it", async () => {
    const run: Play = play([calls(["plain", "{}"])], {
      execute() {
        run.cancel();
        return Promise.reject(new Error("aborted by signal"));
      },
    });
    await expectCanceled(run);
  });
});

describe("compaction", () => {
  it("condenses a long history before the loop, with the same model and without tools", async () => {
    const run = play([says(notes), says("ok")], { history: longHistory, options: { k: 1 } });
    const outcome = await run.done;
    expect(run.types().slice(0, 2)).toEqual(["compacted", "loop_start"]);
    expect(run.find("compacted")[0]?.replaced).toBe(232);
    expect(outcome.compaction?.replaced).toBe(232);
    expect(run.model.requests[0]).toMatchObject({ model: "m", tools: [], options: {} });
    const seen = run.model.requests[1]?.messages ?? [];
    expect(seen).toHaveLength(10);
    expect(seen[0]).toEqual(outcome.compaction?.summary);
    expect(seen.slice(1, 9)).toEqual(longHistory.slice(232));
    expect(outcome.newMessages.map(textOf)).toEqual(["hello", "ok"]);
  });

  it("sends the whole history when the summary is no smaller", async () => {
    const run = play([says("word ".repeat(20_000)), says("ok")], { history: longHistory });
    expect((await run.done).compaction).toBeNull();
    expect(run.types()[0]).toBe("loop_start");
    expect(run.model.requests[1]?.messages).toHaveLength(241);
  });

  it("fails the prompt when the summary fails, without a word of a loop", async () => {
    const run = play([[new ModelError("no", { status: 401 })]], { history: longHistory });
    const outcome = await run.done;
    expect(outcome.error).toEqual({ code: "internal", message: "compaction: no" });
    expect(outcome.newMessages).toHaveLength(1);
    expect(run.events).toEqual([]);
  });

  it("can be canceled like any model call", async () => {
    const run = play([["hang"]], { history: longHistory });
    await settle();
    run.cancel();
    await expectCanceled(run);
    expect(run.types()).toEqual(["loop_start", "error", "loop_end"]);
  });
});

describe("overflow", () => {
  const history = longHistory.slice(0, 20);
  const message = "loop: context window exceeded: prompt is too long: 300000 tokens";

  it("condenses once, whatever the length, and runs a second pass", async () => {
    const run = play([[tooLong], says(notes), says("ok")], { history });
    const outcome = await run.done;
    expect(run.types()).toEqual(
      words(
        "loop_start turn_start error loop_end compacted",
        "loop_start turn_start message_start message_end turn_end loop_end",
      ),
    );
    expect(run.find("error")[0]?.error).toBe(message);
    expect(outcome).toMatchObject({ error: null, text: "ok", compaction: { replaced: 13 } });
    expect(run.model.requests[2]?.messages.map((each) => textOf(each).slice(0, 2))).toEqual(
      words("[H 13 14 15 16 17 18 19 he"),
    );
  });

  it("gives up at the second overflow", async () => {
    const run = play([[tooLong], says(notes), [tooLong]], { history });
    expect((await run.done).error).toEqual({ code: "internal", message });
    expect(run.model.requests).toHaveLength(3);
    expect(run.find("loop_end")).toHaveLength(2);
  });

  it.each([
    ["there is nothing to condense", [] as readonly Message[], [[tooLong]] as readonly ScriptedTurn[], 1],
    ["the result is not shorter", history, [[tooLong], says("word ".repeat(9_000))], 2],
  ])("gives up when %s", async (_, given, script, requests) => {
    const run = play(script, { history: given });
    const outcome = await run.done;
    expect(outcome).toMatchObject({ error: { message }, compaction: null });
    expect(run.model.requests).toHaveLength(requests);
    expect(run.find("compacted")).toEqual([]);
  });

  it("in the middle of a run keeps the prompt in the person's words and goes on from there", async () => {
    const noise = "y".repeat(3_000);
    const turns = Array.from({ length: 6 }, (_, n) => calls(["plain", `{"n":${n}}`]));
    const run = play([...turns, [tooLong], says(notes), says("ok")], {
      history: [spoke("user", "before"), callsTool({ id: "x", name: "plain" }), toolResult("x", noise)],
      execute: () =>
        Promise.resolve({ result: { content: noise, isError: false }, decidedBy: null, durationMs: 0 }),
    });
    const outcome = await run.done;
    expect(outcome).toMatchObject({ error: null, text: "ok" });
    const seen = run.model.requests.at(-1)?.messages ?? [];
    expect(seen.slice(0, 3).map((each) => each.role)).toEqual(["assistant", "user", "assistant"]);
    expect(textOf(seen[1] as Message)).toBe("hello");
    expect(seen.length).toBeLessThan(10);
    expect(outcome.compaction?.replaced).toBe(3);
    expect(outcome.newMessages).toHaveLength(14);
  });

  it("counts in messages of the history it was given when it condenses twice", async () => {
    const run = play([says(notes), [tooLong], says(notes), says("ok")], { history: longHistory });
    const outcome = await run.done;
    expect(run.find("compacted").map((event) => event.replaced)).toEqual([232, 5]);
    expect(outcome.compaction?.replaced).toBe(236);
    expect(outcome.compaction?.summary.metadata).toMatchObject({ original_message_count: 236 });
  });
});
