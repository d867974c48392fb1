import { describe, expect, it } from "vitest";
import type { ContentPart, Message } from "../../sessions/contract.ts";
import { hardenHistory } from "./harden-history.ts";
import { callsTool, spoke, toolResult } from "./testing/play.ts";

const reader = { provider: "p", model: "m" };
const thinking: ContentPart = { type: "thinking", thinking: "hmm", signature: "s" };

/** One word per message: `user`, `assistant:<parts>`, `tool:<id>`, with `!` for made-up results. */
function shape(messages: readonly Message[]): string[] {
  return hardenHistory(messages, reader).map((message) => {
    if (message.role === "tool") {
      return `tool:${message.toolCallId}${message.metadata?.["synthetic"] === true ? "!" : ""}`;
    }
    if (message.role === "user") return "user";
    const parts = message.content.map((part) => (part.type === "tool_call" ? part.toolCall.id : part.type));
    return `assistant:${parts.join("+")}`;
  });
}

describe("hardenHistory", () => {
  it("leaves a sound history as it is, message by message", () => {
    const sound = [
      spoke("user", "a"),
      callsTool({ id: "c1", name: "t" }),
      toolResult("c1", "r"),
      spoke("assistant", "b"),
    ];
    const hardened = hardenHistory(sound, reader);
    expect(hardened).toHaveLength(4);
    hardened.forEach((message, index) => expect(message).toBe(sound[index]));
  });

  it("makes up results that are missing, before whatever comes next", () => {
    const calls = callsTool({ id: "c1", name: "t" }, { id: "c2", name: "t" });
    expect(shape([calls, toolResult("c2", "r"), spoke("user", "a")])).toEqual([
      "assistant:c1+c2",
      "tool:c2",
      "tool:c1!",
      "user",
    ]);
    expect(shape([calls])).toEqual(["assistant:c1+c2", "tool:c1!", "tool:c2!"]);
    expect(hardenHistory([calls], reader)[1]).toMatchObject({ isError: true, toolName: "t" });
  });

  it("drops results without a call, late ones and second ones", () => {
    const history = [
      toolResult("c0", "r"),
      callsTool({ id: "c1", name: "t" }),
      toolResult("c1", "r"),
      toolResult("c1", "again"),
      toolResult("cx", "r"),
      spoke("user", "a"),
      toolResult("c1", "late"),
    ];
    expect(shape(history)).toEqual(["assistant:c1", "tool:c1", "user"]);
  });

  it.each([
    ["nothing", [] as ContentPart[]],
    ["blank text", [{ type: "text", text: " \n" }] as ContentPart[]],
    ["thinking only", [thinking]],
  ])("drops assistant turns of %s", (_, content) => {
    expect(
      shape([spoke("user", "a"), spoke("assistant", "", { content, provider: "p", model: "m" })]),
    ).toEqual(["user"]);
  });

  it.each([
    ["the same model", { provider: "p", model: "m" }, "assistant:thinking+text"],
    ["another model", { provider: "p", model: "n" }, "assistant:text"],
    ["another provider", { provider: "q", model: "m" }, "assistant:text"],
    ["nobody known", {}, "assistant:text"],
  ])("handles thinking of %s", (_, origin, expected) => {
    const content: ContentPart[] = [thinking, { type: "text", text: "x" }];
    expect(shape([spoke("assistant", "", { content, ...origin })])).toEqual([expected]);
  });

  it("makes ids plain and unique, and lets results follow", () => {
    const long = "x".repeat(100);
    const history = [
      callsTool({ id: "a|b c", name: "t" }, { id: "", name: "t" }, { id: long, name: "t" }),
      toolResult("a|b c", "r"),
      toolResult("", "r"),
      toolResult(long, "r"),
      callsTool({ id: "a_b_c", name: "t" }, { id: "same", name: "t" }, { id: "same", name: "t" }),
      toolResult("a_b_c", "r"),
      toolResult("same", "first"),
      toolResult("same", "second"),
    ];
    const cut = "x".repeat(64);
    expect(shape(history)).toEqual([
      `assistant:a_b_c+call+${cut}`,
      "tool:a_b_c",
      "tool:call",
      `tool:${cut}`,
      "assistant:a_b_c_2+same+same_2",
      "tool:a_b_c_2",
      "tool:same",
      "tool:same_2",
    ]);
  });

  it("does not change the messages it was given", () => {
    const history = [callsTool({ id: "a b", name: "t" }), toolResult("a b", "r")];
    const before = structuredClone(history);
    hardenHistory(history, reader);
    expect(history).toEqual(before);
  });
});
