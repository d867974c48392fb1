import { expect, test } from "vitest";
import type { Message } from "../../../areas/sessions/contract.ts";
import { toMessageParams, toMessagesBody } from "./messages.ts";

const text = (words: string) => ({ type: "text" as const, text: words });

test("maps a conversation with tools: results of one turn and what follows become one message", () => {
  const messages: Message[] = [
    { role: "user", content: [text("go")], createdAt: 1 },
    {
      role: "assistant",
      content: [
        { type: "thinking", thinking: "unsigned" },
        { type: "thinking", thinking: "hm", signature: "s" },
        text("  \n"),
        { type: "tool_call", toolCall: { id: "c1", name: "x", arguments: { n: 1 } } },
        { type: "tool_call", toolCall: { id: "c2", name: "x", arguments: "{oops" } },
      ],
      createdAt: 2,
    },
    { role: "tool", toolCallId: "c1", content: [text("")], createdAt: 3 },
    { role: "tool", toolCallId: "c2", isError: true, content: [text("bad")], createdAt: 4 },
    { role: "user", content: [text("nudge")], createdAt: 5 },
  ];
  expect(toMessageParams(messages)).toEqual([
    { role: "user", content: [{ type: "text", text: "go" }] },
    {
      role: "assistant",
      content: [
        { type: "thinking", thinking: "hm", signature: "s" },
        { type: "tool_use", id: "c1", name: "x", input: { n: 1 } },
        { type: "tool_use", id: "c2", name: "x", input: { invalid_json: "{oops" } },
      ],
    },
    {
      role: "user",
      content: [
        { type: "tool_result", tool_use_id: "c1" },
        { type: "tool_result", tool_use_id: "c2", content: "bad", is_error: true },
        { type: "text", text: "nudge" },
      ],
    },
  ]);
});

test("begins with a person even when the history begins with a summary", () => {
  const summary: Message = { role: "assistant", content: [text("summary")], createdAt: 0 };
  expect(toMessageParams([summary]).map((message) => message.role)).toEqual(["user", "assistant"]);
});

test("marks the system prompt and the end of the conversation for the cache, and keeps options", () => {
  const body = toMessagesBody(
    {
      model: "",
      system: "sys",
      messages: [{ role: "user", content: [text("hi")], createdAt: 0 }],
      tools: [],
      options: { max_tokens: 5, stream: false },
      signal: new AbortController().signal,
    },
    "m",
  );
  expect(body).toEqual({
    max_tokens: 5,
    model: "m",
    stream: true,
    system: [{ type: "text", text: "sys", cache_control: { type: "ephemeral" } }],
    messages: [
      { role: "user", content: [{ type: "text", text: "hi", cache_control: { type: "ephemeral" } }] },
    ],
  });
});
