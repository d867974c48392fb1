import { describe, expect, it } from "vitest";
import type { ModelEvent } from "../model.ts";
import { createDraft, receive } from "./draft.ts";

it("hears nothing of a stream that goes on after cancellation", async () => {
  const controller = new AbortController();
  async function* deafStream(): AsyncGenerator<ModelEvent> {
    yield { type: "text", delta: "before" };
    await Promise.resolve();
    controller.abort();
    yield { type: "text", delta: "after" };
  }
  const draft = createDraft();
  const heard: string[] = [];
  const listener = { started() {}, text: (delta: string) => heard.push(delta) };
  await receive(deafStream(), draft, listener, controller.signal);
  expect(heard).toEqual(["before"]);
  expect(draft).toMatchObject({ parts: [{ type: "text", text: "before" }], end: null });
});

describe("an answer that is too much", () => {
  const call = (args: string, name = "plain"): ModelEvent => ({
    type: "tool_call",
    id: "call_1",
    name,
    arguments: args,
  });
  const text = (delta: string): ModelEvent => ({ type: "text", delta });
  const END: ModelEvent = { type: "end", stopReason: "stop" };
  const MiB = 1024 * 1024;

  /** How much was told, and the failure. */
  async function receiveAll(events: Iterable<ModelEvent>) {
    async function* stream(): AsyncGenerator<ModelEvent> {
      await Promise.resolve();
      yield* events;
    }
    const draft = createDraft();
    let told = 0;
    const listener = { started() {}, text: () => void (told += 1) };
    const failure = await receive(stream(), draft, listener, new AbortController().signal).then(
      () => null,
      (error: Error) => error,
    );
    return { draft, told, failure };
  }

  function* repeated(event: ModelEvent, times: number): Generator<ModelEvent> {
    for (let at = 0; at < times; at += 1) yield event;
    yield END;
  }

  it.each([
    ["as many calls as may be", repeated(call("{}"), 128)],
    ["as long a text as may be", [text("x".repeat(4 * MiB)), END]],
    ["arguments as long as may be", [call("x".repeat(2 * MiB)), END]],
    ["as many pieces as may be", repeated(text("x"), 250_000)],
  ])("%s is taken", async (_, events) => {
    expect((await receiveAll(events)).failure).toBeNull();
  });

  it.each([
    ["calls", repeated(call("{}"), 100_000), "128 tool calls"],
    ["text", [text("x".repeat(4 * MiB)), text("x"), END], "4,194,304 characters"],
    ["thoughts", [{ type: "thinking", delta: "x".repeat(5 * MiB) } as const, END], "4,194,304 characters"],
    [
      "arguments",
      [call("x".repeat(3 * MiB + 1)), END],
      "2,162,688 characters of arguments for one tool call",
    ],
    ["name", [call("{}", "x".repeat(257)), END], "256 characters in the name of a tool"],
    ["pieces", repeated(text("x"), 1_000_000), "250,000 pieces"],
  ])("too much %s is refused for good, in words", async (_, events, most) => {
    const { draft, told, failure } = await receiveAll(events);
    expect(failure).toMatchObject({
      name: "ModelError",
      isFinal: true,
      message: `the model's answer was not taken: it has more than ${most}`,
    });
    expect(draft.calls.length).toBeLessThanOrEqual(128);
    expect(told).toBeLessThanOrEqual(250_000);
  });
});
