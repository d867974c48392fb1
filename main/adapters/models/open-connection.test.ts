import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { ModelEvent, ModelRequest } from "../../areas/runs/model.ts";
import { createAnthropic } from "./anthropic.ts";
import { createOpenAiCompatible } from "./openai-compatible.ts";

/** A server that says these frames and then nothing more, and does not hang up. */
async function serve(frames: readonly string[]) {
  let hungUp = () => {};
  const isHungUp = new Promise<void>((resolve) => (hungUp = resolve));
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(frames.join(""));
    response.once("close", hungUp);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, isHungUp };
}

const ask: ModelRequest = {
  model: "m",
  system: "",
  messages: [{ role: "user", content: [{ type: "text", text: "hi" }], createdAt: 0 }],
  tools: [],
  options: {},
  signal: new AbortController().signal,
};

const data = (value: object, event?: string) =>
  `${event === undefined ? "" : `event: ${event}\n`}data: ${JSON.stringify(value)}\n\n`;
const anthropicFrames = [
  { type: "message_start", message: { usage: { input_tokens: 1, output_tokens: 0 } } },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hello" } },
  { type: "content_block_stop", index: 0 },
  { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 1 } },
  { type: "message_stop" },
].map((event) => data(event, event.type));
const openAiFrames = [
  data({ choices: [{ delta: { content: "Hello" } }] }),
  data({ choices: [{ delta: {}, finish_reason: "stop" }] }),
  "data: [DONE]\n\n",
];

test.each([
  ["[DONE]", openAiFrames, createOpenAiCompatible],
  ["message_stop", anthropicFrames, createAnthropic],
] as const)(
  "%s ends the stream and the connection, which its server leaves open",
  async (_end, frames, create) => {
    const { baseUrl, isHungUp } = await serve(frames);
    const model = create({ alias: "a", baseUrl, model: "m", apiKey: "k" });
    const events: ModelEvent[] = [];
    for await (const event of model.stream(ask)) events.push(event);
    expect(events[0]).toEqual({ type: "text", delta: "Hello" });
    expect(events.at(-1)).toMatchObject({ type: "end", stopReason: "stop" });
    await isHungUp;
  },
  5_000,
);
