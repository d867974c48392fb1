import { afterEach, beforeEach, expect, test } from "vitest";
import type { ModelEvent, ModelRequest } from "../../areas/runs/model.ts";
import {
  overflow,
  rateLimited,
  type ScriptedModel,
  startScriptedModel,
} from "../../testing/scripted-model/index.ts";
import { createOpenAiCompatible } from "./openai-compatible.ts";

let server: ScriptedModel;
beforeEach(async () => {
  server = await startScriptedModel({ models: ["nomic-embed-text", "first", "second"] });
});
afterEach(() => server.close());

const KEY = "sk-secret-of-this-test";

function open(overrides: Partial<ModelRequest> = {}, apiKey: string | null = KEY) {
  const model = createOpenAiCompatible({ alias: "local", baseUrl: server.url, model: "m1", apiKey });
  return model.stream({
    model: "",
    system: "sys",
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

test("streams thoughts and words and ends with the usage", async () => {
  server.script({
    thinking: "let me see",
    text: "Hello big world",
    usage: { input: 10, output: 3, cacheRead: 4 },
  });
  const events = await collect(open());
  expect(events.slice(0, 4)).toEqual([
    { type: "thinking", delta: "let " },
    { type: "thinking", delta: "me " },
    { type: "thinking", delta: "see" },
    { type: "text", delta: "Hello " },
  ]);
  expect(events.at(-1)).toEqual({
    type: "end",
    stopReason: "stop",
    usage: { inputTokens: 6, outputTokens: 3, cacheReadTokens: 4, totalTokens: 13 },
  });
  expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(server.requests[0]?.body).toMatchObject({
    model: "m1",
    stream: true,
    stream_options: { include_usage: true },
  });
});

test("sends no key where there is none, whatever the environment holds", async () => {
  process.env["OPENAI_API_KEY"] = "sk-of-somebody-else";
  try {
    server.script({ text: "ok" });
    await collect(open({}, null));
  } finally {
    delete process.env["OPENAI_API_KEY"];
  }
  expect(server.requests[0]?.headers.authorization).toBeUndefined();
});

test("puts split calls together, hands invalid JSON on as it is and makes up for a missing id", async () => {
  server.script({
    toolCalls: [
      { name: "a", arguments: { path: "some/long/path" } },
      { name: "b", arguments: '{"broken": ', id: null },
    ],
    finishReason: "stop",
  });
  const events = await collect(open());
  expect(events).toEqual([
    { type: "tool_call", id: "call_1", name: "a", arguments: '{"path":"some/long/path"}' },
    { type: "tool_call", id: expect.stringMatching(/^call_/) as string, name: "b", arguments: '{"broken": ' },
    { type: "end", stopReason: "tool_use" },
  ]);
});

test("tolerates comments, unknown fields and unknown finish reasons", async () => {
  server.script({
    rawFrames: [": OPENROUTER PROCESSING\n\n", "noise\n\n", "data: {}\n\n"],
    text: "ok",
    finishReason: "eos",
  });
  const events = await collect(open());
  expect(text(events)).toBe("ok");
  expect(events.at(-1)).toEqual({ type: "end", stopReason: "stop" });
});

test("reports a limit of tokens as length", async () => {
  server.script({ text: "cut of", finishReason: "length" });
  expect((await collect(open())).at(-1)).toMatchObject({ stopReason: "length" });
});

test("fails when a line is not JSON", async () => {
  server.script({ rawFrames: ["data: {nonsense\n\n"], text: "ok" });
  await expect(collect(open())).rejects.toMatchObject({ name: "ModelError", message: saying(/not JSON/) });
});

test.each([
  ["breaks", { breakAfter: 3 }, /connection closed/],
  ["ends early", { endAfter: 3 }, /closed before done/],
  [
    "fails inside",
    { failAfter: { frames: 3, type: "server_error", message: "out of memory" } },
    /500 out of memory/,
  ],
])("keeps what came and fails when the stream %s", async (_, how, message) => {
  server.script({ text: "one two three four", ...how });
  const events: ModelEvent[] = [];
  await expect(collect(open(), events)).rejects.toMatchObject({
    name: "ModelError",
    message: saying(message),
  });
  expect(text(events)).toBe("one two ");
});

test("tells how long to wait, and does not retry by itself", async () => {
  server.script(rateLimited("7"));
  const failure = {
    name: "ModelError",
    status: 429,
    retryAfterMs: 7000,
    message: saying(/^429 Too many requests/),
  };
  await expect(collect(open())).rejects.toMatchObject(failure);
  expect(server.requests).toHaveLength(1);
});

test("keeps the words of an overflow", async () => {
  server.script(overflow);
  await expect(collect(open())).rejects.toMatchObject({ status: 400, message: saying(/prompt is too long/) });
});

test("never shows the key in an error", async () => {
  server.script({ status: 401, message: `Incorrect API key provided: ${KEY}` });
  const error = await collect(open()).catch((thrown: unknown) => thrown);
  expect(String(error)).toContain("[key]");
  expect(String(error)).not.toContain(KEY);
});

test("says that nothing listens", async () => {
  await server.close();
  await expect(collect(open())).rejects.toMatchObject({
    status: null,
    message: saying(/connection refused/),
  });
  server = await startScriptedModel();
});

test.each([
  ["before the first word", { delayMs: 60_000 }, 0],
  ["between two words", { delayMs: 20 }, 2],
])("closes the connection when the run is canceled %s", async (_, slow, after) => {
  server.script({ text: "word ".repeat(500), ...slow });
  const abort = new AbortController();
  const reading = (async () => {
    let words = 0;
    if (after === 0) setTimeout(() => abort.abort(), 50);
    for await (const event of open({ signal: abort.signal })) {
      if (event.type === "text" && ++words === after) abort.abort();
    }
  })();
  await expect(reading).rejects.toMatchObject({ name: "ModelError", message: saying(/canceled/) });
  expect(await server.requests[0]?.ended).toBe("closed");
});

test("closes the connection when the reader stops reading", async () => {
  server.script({ text: "word ".repeat(500), delayMs: 10 });
  for await (const event of open()) if (event.type === "text") break;
  expect(await server.requests[0]?.ended).toBe("closed");
});

test("uses one connection for one request after another", async () => {
  server.script({ text: "one" }, { text: "two" });
  const model = createOpenAiCompatible({ alias: "local", baseUrl: server.url, model: "m1", apiKey: null });
  const request = {
    model: "",
    system: "",
    messages: [],
    tools: [],
    options: {},
    signal: new AbortController().signal,
  };
  for (let turn = 0; turn < 2; turn += 1) {
    // The loop stops reading at the end event.
    for await (const event of model.stream(request)) if (event.type === "end") break;
    await server.requests[turn]?.ended;
  }
  expect(server.requests[1]?.clientPort).toBe(server.requests[0]?.clientPort);
});

test("a server on this machine may choose the model", async () => {
  server.script({ text: "ok" });
  const model = createOpenAiCompatible({
    alias: "local",
    baseUrl: `${server.url}/v1/`,
    model: null,
    apiKey: null,
  });
  await collect(
    model.stream({
      model: "",
      system: "",
      messages: [],
      tools: [],
      options: {},
      signal: new AbortController().signal,
    }),
  );
  expect(server.requests[0]?.body["model"]).toBe("first");
});

test("anywhere else a person has to choose it", async () => {
  const model = createOpenAiCompatible({
    alias: "far",
    baseUrl: "http://models.invalid/v1",
    model: null,
    apiKey: null,
  });
  const stream = model.stream({
    model: "",
    system: "",
    messages: [],
    tools: [],
    options: {},
    signal: new AbortController().signal,
  });
  await expect(collect(stream)).rejects.toThrow('no model is chosen for the provider "far"');
});
