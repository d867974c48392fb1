import { createServer, type RequestListener } from "node:http";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { type ScriptedModel, startScriptedModel } from "../../testing/scripted-model/index.ts";
import { discoverLocalModels } from "./discovery.ts";
import type { ModelConfig } from "./model-config.ts";
import { listModels, testModel } from "./probe.ts";

let server: ScriptedModel;
beforeEach(async () => {
  server = await startScriptedModel({ models: ["first", "second"] });
});
afterEach(() => server.close());

const port = () => Number(new URL(server.url).port);
const config = (overrides: Partial<ModelConfig> = {}): ModelConfig => ({
  alias: "local",
  type: "openai-compatible",
  baseUrl: server.url,
  model: "first",
  apiKey: null,
  ...overrides,
});

test.each(["openai-compatible", "anthropic"] as const)(
  "says that %s answers, and what it has",
  async (type) => {
    server.script({ text: "ready" });
    const result = await testModel(config({ type }));
    expect(result).toMatchObject({ ok: true, message: "It answers: “ready”", models: ["first", "second"] });
    expect(result.tookMs).toBeGreaterThan(0);
  },
);

test("cuts a talkative model off", async () => {
  server.script({ text: "word ".repeat(1000), delayMs: 2 });
  expect(await testModel(config())).toMatchObject({ ok: true });
  expect(await server.requests[0]?.ended).toBe("closed");
});

test.each([
  [{ status: 401, message: "no key" }, null, /asks for a key. \(401 no key\)/],
  [{ status: 401, message: "bad key" }, "sk-12345678", /^The key was refused/],
  [{ status: 404, message: "model not found" }, null, /not known there/],
  [{ status: 429, message: "slow down" }, null, /limit is reached/],
  [{ status: 503, message: "loading" }, null, /trouble of its own/],
])("says in plain words what %j means", async (refusal, apiKey, message) => {
  server.script(refusal);
  const result = await testModel(config({ apiKey }));
  expect(result).toMatchObject({ ok: false, models: ["first", "second"] });
  expect(result.message).toMatch(message);
});

test("asks whether the server is running when nothing answers", async () => {
  const { url } = server;
  await server.close();
  const result = await testModel(config({ baseUrl: url }));
  expect(result).toMatchObject({
    ok: false,
    message: `Nothing answers at ${url}/v1. Is the server running?`,
    models: [],
  });
  await expect(listModels(config({ baseUrl: url }))).rejects.toMatchObject({ name: "ModelError" });
  server = await startScriptedModel();
});

test("gives up on a silent server", async () => {
  server.script({ text: "late", delayMs: 5000 });
  const result = await testModel(config(), { timeoutMs: 200 });
  expect(result).toMatchObject({ ok: false });
  expect(result.message).toMatch(/^No answer within/);
});

test("does not throw for an address that is none", async () => {
  expect(await testModel(config({ baseUrl: "not an address" }))).toMatchObject({
    ok: false,
    message: "not an address is not an address.",
  });
});

async function listenWith(answer: RequestListener) {
  const other = createServer(answer);
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  onTestFinished(() => {
    other.closeAllConnections();
    other.close();
  });
  return typeof address === "object" && address !== null ? address.port : 0;
}

test("finds the servers of this machine, and does not wait for a silent one", async () => {
  const ports = { ollama: port(), lmstudio: await listenWith(() => undefined) };
  const found = await discoverLocalModels({ signal: new AbortController().signal, ports });
  expect(found).toEqual([{ alias: "ollama", baseUrl: `${server.url}/v1`, models: ["first", "second"] }]);
});

test("is not taken in by something else on the port, nor by nothing at all", async () => {
  const ports = { ollama: await listenWith((_, response) => response.end("<html>")), lmstudio: 1 };
  expect(await discoverLocalModels({ signal: new AbortController().signal, ports })).toEqual([]);
  expect(await discoverLocalModels({ signal: AbortSignal.abort(), ports })).toEqual([]);
});
