import { ModelError } from "../../areas/runs/model.ts";
import { connectAnthropic, listAnthropicModels } from "./anthropic/client.ts";
import { createModel } from "./create-model.ts";
import { anthropicBaseUrl, type ModelConfig, openAiBaseUrl } from "./model-config.ts";
import { connectOpenAi } from "./openai/client.ts";
import { listOpenAiModels } from "./openai/model-list.ts";
import { networkCode, toModelError } from "./transport/failure.ts";

export interface ProbeResult {
  readonly ok: boolean;
  /** One sentence or two for the person at the desk. */
  readonly message: string;
  readonly tookMs: number;
  /** What the server says it has, empty when it does not say. */
  readonly models: readonly string[];
}

interface ProbeOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 20_000;
const QUESTION = "Answer with the single word: ready";
/** Longer answers are cut off by closing the connection: servers do not agree on the name of a limit. */
const MAX_ANSWER = 80;

/** Asks for one short answer. Contract: never throws. */
export async function testModel(config: ModelConfig, options: ProbeOptions = {}): Promise<ProbeResult> {
  if (config.type === "playbook") {
    const message =
      "Works without a model: lines such as /list_dir . become tool calls, other text is repeated.";
    return { ok: true, message, tookMs: 0, models: [] };
  }
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  const startedAt = performance.now();
  const listing = listModels(config, { signal }).catch(() => []);
  try {
    const said = await firstWords(config, signal);
    const tookMs = performance.now() - startedAt;
    const message = said === "" ? "It answers, but with no text." : `It answers: “${said}”`;
    return { ok: true, message, tookMs, models: await listing };
  } catch (error) {
    const tookMs = performance.now() - startedAt;
    const message = timeout.aborted ? noAnswerIn(timeoutMs) : inPlainWords(error, config);
    return { ok: false, message, tookMs, models: timeout.aborted ? [] : await listing };
  }
}

/** Names of the models that a server offers. Throws a ModelError when it cannot be asked. */
export async function listModels(config: ModelConfig, options: ProbeOptions = {}): Promise<string[]> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  try {
    if (config.type === "openai-compatible")
      return await listOpenAiModels(await connectOpenAi(config), signal);
    if (config.type === "anthropic") return await listAnthropicModels(await connectAnthropic(config), signal);
    return [];
  } catch (error) {
    throw toModelError(error, { baseUrl: addressOf(config), apiKey: config.apiKey, signal });
  }
}

async function firstWords(config: ModelConfig, signal: AbortSignal): Promise<string> {
  const prompt = {
    role: "user" as const,
    content: [{ type: "text" as const, text: QUESTION }],
    createdAt: 0,
  };
  const stream = createModel(config).stream({
    model: "",
    system: "",
    messages: [prompt],
    tools: [],
    options: {},
    signal,
  });
  let said = "";
  for await (const event of stream) {
    if (event.type === "text") said += event.delta;
    if (said.length > MAX_ANSWER) break;
  }
  return said.trim().slice(0, MAX_ANSWER);
}

function inPlainWords(error: unknown, config: ModelConfig): string {
  const address = addressOf(config);
  const code = networkCode(error);
  if (code === "ECONNREFUSED") return `Nothing answers at ${address}. Is the server running?`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return `The host of ${address} cannot be found. Is the address right, and is this machine online?`;
  }
  if (code === "ERR_INVALID_URL") return `${address} is not an address.`;
  const { status, message } = error instanceof ModelError ? error : { status: null, message: String(error) };
  if (status === 401 || status === 403) {
    return config.apiKey === null
      ? `${address} asks for a key. (${message})`
      : `The key was refused. (${message})`;
  }
  if (status === 404) return `The address or the model is not known there. (${message})`;
  if (status === 402) return `The account has no credit left. (${message})`;
  if (status === 429) return `The server answers, but its limit is reached for now. (${message})`;
  if (status !== null && status >= 500) return `The server has trouble of its own. (${message})`;
  return `That did not work: ${message}`;
}

function noAnswerIn(timeoutMs: number): string {
  return `No answer within ${Math.round(timeoutMs / 1000)} seconds. A local model may still be loading; test again in a moment.`;
}

function addressOf(config: ModelConfig): string {
  return config.type === "anthropic" ? anthropicBaseUrl(config.baseUrl) : openAiBaseUrl(config.baseUrl);
}
