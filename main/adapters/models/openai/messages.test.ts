import { expect, test } from "vitest";
import type { Message } from "../../../areas/sessions/contract.ts";
import { toChatMessages, toCompletionBody } from "./messages.ts";

const text = (words: string) => ({ type: "text" as const, text: words });
const call = (id: string, args: unknown) => ({
  type: "tool_call" as const,
  toolCall: { id, name: "read_file", arguments: args },
});

test("maps a conversation with tools", () => {
  const messages: Message[] = [
    { role: "user", content: [text("read "), text("it")], createdAt: 1 },
    {
      role: "assistant",
      content: [
        { type: "thinking", thinking: "hm", signature: "s" },
        call("c1", { path: "a" }),
        call("c2", '{"path":'),
      ],
      createdAt: 2,
    },
    { role: "tool", toolCallId: "c1", toolName: "read_file", content: [text("A")], createdAt: 3 },
    {
      role: "tool",
      toolCallId: "c2",
      toolName: "read_file",
      isError: true,
      content: [text("bad")],
      createdAt: 4,
    },
    { role: "assistant", content: [{ type: "thinking", thinking: "only thoughts" }], createdAt: 5 },
    { role: "assistant", content: [text("done")], createdAt: 6 },
  ];
  expect([...toChatMessages("be brief", messages)]).toEqual([
    { role: "system", content: "be brief" },
    { role: "user", content: "read it" },
    {
      role: "assistant",
      content: null,
      tool_calls: [
        { id: "c1", type: "function", function: { name: "read_file", arguments: '{"path":"a"}' } },
        // Templates of local servers parse past arguments, so they must stay an object.
        {
          id: "c2",
          type: "function",
          function: { name: "read_file", arguments: '{"invalid_json":"{\\"path\\":"}' },
        },
      ],
    },
    { role: "tool", tool_call_id: "c1", content: "A" },
    { role: "tool", tool_call_id: "c2", content: "bad" },
    { role: "assistant", content: "done" },
  ]);
});

test("passes options on, but not over what it decides itself", async () => {
  const body = await toCompletionBody(
    {
      model: "",
      system: "",
      messages: [],
      tools: [],
      options: { temperature: 0, stream: false, model: "other", stream_options: null },
      signal: new AbortController().signal,
    },
    "chosen",
  );
  expect(body).toEqual({ temperature: 0, stream_options: null, model: "chosen", messages: [], stream: true });
});
