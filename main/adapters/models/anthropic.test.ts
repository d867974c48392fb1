import { afterEach, beforeEach, expect, test } from "vitest";
import type { ModelEvent, ModelRequest } from "../../areas/runs/model.ts";
import {
  overflow,
  rateLimited,
  type ScriptedModel,
  startScriptedModel,
} from "../../testing/scripted-model/index.ts";
import { createAnthropic } from "./anthropic.ts";

let server: ScriptedModel;
beforeEach(async () => {
  server = await startScriptedModel();
});
afterEach(() => server.close());

function open(overrides: Partial<ModelRequest> = {}, apiKey: string | null = "sk-ant-of-this-test") {
  const model = createAnthropic({ alias: "claude", baseUrl: `${server.url}/v1`, model: "m1", apiKey });
  return model.stream({
    model: "",
    system: "",
    messages: [{ role: "user", content: [{ type: "text", text: "hi" }], createdAt: 0 }],
    tools: [],
    options: {},
    signal: new AbortController().signal,
    ...overrides,
  });
}

async function collect(stream: AsyncIterable<ModelEvent>, into: ModelEvent[] = []): Promise<ModelEvent[]> {
  for await (const event of stream) into.push(event);
  return into;
}

/** A plain regular expression would match anything here. */
const saying = (words: RegExp): unknown => expect.stringMatching(words);

const text = (events: readonly ModelEvent[]) =>
  events.map((event) => (event.type === "text" ? event.delta : "")).join("");

test("streams signed thoughts, words and split calls and ends with the usage", async () => {
  server.script({
    thinking: "hm hm",
    text: "Hello world",
    toolCalls: [
      { name: "a", arguments: { path: "some/long/path" } },
      { name: "b", arguments: {} },
    ],
    usage: { input: 10, output: 3, cacheRead: 4 },
  });
  expect(await collect(open())).toEqual([
    { type: "thinking", delta: "hm " },
    { type: "thinking", delta: "hm" },
    { type: "thinking", delta: "", signature: "signed" },
    { type: "text", delta: "Hello " },
    { type: "text", delta: "world" },
    { type: "tool_call", id: "toolu_1", name: "a", arguments: '{"path":"some/long/path"}' },
    { type: "tool_call", id: "toolu_2", name: "b", arguments: "{}" },
    {
      type: "end",
      stopReason: "tool_use",
      usage: { inputTokens: 10, outputTokens: 3, cacheReadTokens: 4, totalTokens: 17 },
    },
  ]);
});

test("sends the key in both headers to a server that is not Anthropic's own", async () => {
  server.script({ text: "ok" });
  await collect(open());
  expect(server.requests[0]?.headers).toMatchObject({
    authorization: "Bearer sk-ant-of-this-test",
    "x-api-key": "sk-ant-of-this-test",
  });
});

test("sends no key where there is none, whatever the environment holds", async () => {
  process.env["ANTHROPIC_API_KEY"] = "sk-of-somebody-else";
  try {
    server.script({ text: "ok" });
    await collect(open({}, null));
  } finally {
    delete process.env["ANTHROPIC_API_KEY"];
  }
  const headers = server.requests[0]?.headers;
  expect([headers?.authorization, headers?.["x-api-key"]]).toEqual([undefined, undefined]);
});

test("hands invalid JSON on as it is", async () => {
  server.script({ toolCalls: [{ name: "a", arguments: '{"broken": ' }], finishReason: "max_tokens" });
  expect(await collect(open())).toMatchObject([
    { type: "tool_call", arguments: '{"broken": ' },
    { type: "end", stopReason: "length" },
  ]);
});

test.each([
  ["breaks", { breakAfter: 5 }, /connection closed/, null],
  ["ends early", { endAfter: 5 }, /closed before done/, null],
  [
    "fails inside",
    { failAfter: { frames: 5, type: "overloaded_error", message: "Overloaded" } },
    /^529 Overloaded/,
    529,
  ],
])("keeps what came and fails when the stream %s", async (_, how, message, status) => {
  server.script({ text: "one two three four", ...how });
  const events: ModelEvent[] = [];
  await expect(collect(open(), events)).rejects.toMatchObject({
    name: "ModelError",
    message: saying(message),
    status,
  });
  expect(text(events)).toBe("one two ");
});

test("tells how long to wait, and does not retry by itself", async () => {
  server.script(rateLimited("7"));
  await expect(collect(open())).rejects.toMatchObject({
    name: "ModelError",
    status: 429,
    retryAfterMs: 7000,
  });
  expect(server.requests).toHaveLength(1);
});

test("keeps the words of an overflow", async () => {
  server.script(overflow);
  await expect(collect(open())).rejects.toMatchObject({ status: 400, message: saying(/prompt is too long/) });
});

test("fails when a line is not JSON", async () => {
  server.script({ rawFrames: ["event: message_start\ndata: {nonsense\n\n"], text: "ok" });
  await expect(collect(open())).rejects.toMatchObject({ name: "ModelError", message: saying(/not JSON/) });
});

test("closes the connection when the run is canceled between two words", async () => {
  server.script({ text: "word ".repeat(500), delayMs: 20 });
  const abort = new AbortController();
  const reading = (async () => {
    for await (const event of open({ signal: abort.signal })) if (event.type === "text") abort.abort();
  })();
  await expect(reading).rejects.toMatchObject({ name: "ModelError", message: saying(/canceled/) });
  expect(await server.requests[0]?.ended).toBe("closed");
});

test("a person has to choose the model", async () => {
  const model = createAnthropic({ alias: "claude", baseUrl: server.url, model: null, apiKey: null });
  const stream = model.stream({
    model: "",
    system: "",
    messages: [],
    tools: [],
    options: {},
    signal: new AbortController().signal,
  });
  await expect(collect(stream)).rejects.toThrow('no model is chosen for the provider "claude"');
});
