import { expect, test } from "vitest";
import type { ModelEvent, ModelRequest } from "../../areas/runs/model.ts";
import type { ToolInfo } from "../../areas/catalogs/tools/contract.ts";
import type { Message } from "../../areas/sessions/contract.ts";
import { createPlaybook } from "./playbook.ts";

const recall: ToolInfo = {
  name: "recall",
  description: "",
  parameters: {
    type: "object",
    properties: { limit: { type: "integer" }, query: { type: "string" } },
    required: ["query"],
  },
  requiresPermission: false,
  permissionAction: null,
  permissionTargetPreview: null,
};

function user(text: string, metadata?: Record<string, unknown>): Message {
  return { role: "user", content: [{ type: "text", text }], createdAt: 0, ...(metadata ? { metadata } : {}) };
}

async function turn(
  messages: readonly Message[],
  signal = new AbortController().signal,
): Promise<ModelEvent[]> {
  const request: ModelRequest = { model: "", system: "", messages, tools: [recall], options: {}, signal };
  const events: ModelEvent[] = [];
  for await (const event of createPlaybook().stream(request)) events.push(event);
  return events;
}

const textOf = (events: readonly ModelEvent[]) =>
  events.map((event) => (event.type === "text" ? event.delta : "")).join("");

/** Plays a prompt to its end the way the loop does; every tool answers with its name. */
async function play(prompt: string, refused: readonly string[] = [], extra: readonly Message[] = []) {
  const messages = [user("/list_dir earlier"), user(prompt)];
  const told: (string | { name: string; arguments: string })[] = [];
  for (let turns = 0; turns < 20; turns += 1) {
    const events = await turn(messages);
    const text = textOf(events);
    if (text !== "") told.push(text);
    const call = events.find((event) => event.type === "tool_call");
    messages.push({ role: "assistant", content: text === "" ? [] : [{ type: "text", text }], createdAt: 0 });
    if (call === undefined) return told;
    told.push({ name: call.name, arguments: call.arguments });
    const isError = refused.includes(call.name);
    messages.push({
      role: "tool",
      toolCallId: call.id,
      toolName: call.name,
      isError,
      content: [{ type: "text", text: isError ? "permission denied by user\nmore" : "fine" }],
      createdAt: 0,
    });
    messages.push(...extra);
  }
  throw new Error("the playbook did not come to an end");
}

test.each([
  "hello",
  "  two  words\n\nand\tlines \n",
  "/usr/bin/env is a path",
  "/ alone",
  "naïve ✓ 日本",
  "\n \n",
])("repeats plain text exactly: %j", async (text) => {
  const events = await turn([user(text)]);
  expect(textOf(events)).toBe(text);
  expect(events.at(-1)).toEqual({ type: "end", stopReason: "stop" });
});

test("says one delta per word, with the blanks behind it", async () => {
  const events = await turn([user("one two\n\nthree")]);
  const deltas = events.flatMap((event) => (event.type === "text" ? [event.delta] : []));
  expect(deltas).toEqual(["one ", "two\n\n", "three"]);
});

test("ends an empty prompt at once", async () => {
  expect(await turn([user("")])).toEqual([{ type: "end", stopReason: "stop" }]);
  expect(await turn([])).toEqual([{ type: "end", stopReason: "stop" }]);
});

test("makes one call per turn, in order, with text at its place", async () => {
  const told = await play('First\nthis.\n/read_file a.txt\n\n/list_dir\r\nThen that.\n/x {"a":1}\nDone.', [
    "list_dir",
  ]);
  expect(told).toEqual([
    "First\nthis.",
    { name: "read_file", arguments: "a.txt" },
    { name: "list_dir", arguments: "{}" },
    "Then that.",
    { name: "x", arguments: '{"a":1}' },
    "Done.",
  ]);
});

test("goes on over nudges of the loop", async () => {
  const nudge = user("You repeat yourself.", { guardrail: "repeat" });
  const told = await play("/recall a\n/recall b\nend", [], [nudge]);
  expect(told).toHaveLength(3);
});

test("stays silent when the loop nudges it after the end", async () => {
  const messages = [
    user("I will see"),
    { role: "assistant" as const, content: [{ type: "text" as const, text: "I will see" }], createdAt: 0 },
    user("Try another way.", { guardrail: "mistakes" }),
  ];
  expect(await turn(messages)).toEqual([{ type: "end", stopReason: "stop" }]);
});

test("tells what became of each call when the prompt has no words of its own", async () => {
  const told = await play("/recall a\n/shell_exec rm -rf x", ["shell_exec"]);
  expect(told.at(-1)).toBe(
    "recall ran, shell_exec did not succeed (permission denied by user). " +
      "No model is configured: the playbook only follows lines that begin with /tool.",
  );
});

test.each([
  [
    String.raw`/shell_exec git commit -m "two \"quoted\" words" 'a\b' c\ d ""`,
    { argv: ["git", "commit", "-m", 'two "quoted" words', "a\\b", "c d", ""] },
  ],
  ["/shell_exec echo $HOME | cat *", { argv: ["echo", "$HOME", "|", "cat", "*"] }],
  [String.raw`/grep \bword\b src/my dir`, { pattern: String.raw`\bword\b`, path: "src/my dir" }],
  ['/grep "two words"', { pattern: "two words" }],
  ["/write_file notes.txt  keeps  blanks", { path: "notes.txt", content: " keeps  blanks" }],
  ["/recall what was it", { query: "what was it" }],
  ['/recall {"query":"x"}', { query: "x" }],
])("understands %s", async (line, args) => {
  const [call] = await play(line);
  expect(call).toMatchObject({ arguments: JSON.stringify(args) });
});

test.each([
  ['/recall {"query": ', '{"query":'],
  ["/shell_exec echo 'open", "echo 'open"],
  ["/shell_exec echo \\", "echo \\"],
  ["/unknown_tool some words", "some words"],
])("passes on what it cannot read, for the loop to complain: %s", async (line, raw) => {
  const [call] = await play(line);
  expect(call).toMatchObject({ arguments: raw });
});

test("stops with an error when the run is canceled, also in the middle of a long reply", async () => {
  const abort = new AbortController();
  const events = turn([user("word ".repeat(200_000))], abort.signal);
  setImmediate(() => abort.abort());
  await expect(events).rejects.toThrow("canceled");
});

test.each([
  ["a call with a million blanks", `/recall x${" ".repeat(1_000_000)}y`],
  ["a million calls", "/recall x\n".repeat(1_000_000)],
  ["a million lines", "x\n/ y\n".repeat(1_000_000)],
])("%s takes no time to read", async (_, prompt) => {
  const used = process.cpuUsage();
  for await (const event of createPlaybook().stream({
    model: "",
    system: "",
    messages: [user(prompt)],
    tools: [recall],
    options: {},
    signal: new AbortController().signal,
  })) {
    if (event.type !== "text" || event.delta !== "") break;
  }
  expect(process.cpuUsage(used).user / 1e6).toBeLessThan(2);
});
