import type { OpenAI } from "openai";
import { type Model, ModelError, type ModelEvent, type ModelRequest } from "../../areas/runs/model.ts";
import type { StopReason, Usage } from "../../areas/sessions/contract.ts";
import { openAiBaseUrl, type RemoteModelConfig } from "./model-config.ts";
import { connectOpenAi } from "./openai/client.ts";
import { defaultModel } from "./openai/model-list.ts";
import { toCompletionBody } from "./openai/messages.ts";
import { type CallDelta, createCallAssembler } from "./openai/tool-calls.ts";
import { fieldsOf } from "./fields.ts";
import { streamSafely } from "./transport/connection.ts";
import { eventFrames, parseFrame } from "./transport/event-frames.ts";
import { StreamRefusal } from "./transport/failure.ts";
import { postForStream } from "./transport/post-for-stream.ts";

/** Chat completions as OpenAI, OpenRouter, vLLM, LM Studio, Ollama and many others serve them. */
export function createOpenAiCompatible(config: RemoteModelConfig): Model {
  let client: Promise<OpenAI> | undefined;
  const connect = () => (client ??= connectOpenAi(config));
  const baseUrl = openAiBaseUrl(config.baseUrl);
  return {
    provider: config.alias,
    stream: (request) =>
      streamSafely({ baseUrl, apiKey: config.apiKey, signal: request.signal }, async function* (signal) {
        const model = request.model || config.model || (await defaultModel(await connect(), config, signal));
        yield* converse(config, request, model, signal);
      }),
  };
}

const DONE = "[DONE]";

/** A chunk as servers send it in practice; the SDK's types promise more. */
interface Chunk {
  readonly choices?: readonly Choice[] | null;
  readonly usage?: RawUsage | null;
}

interface Choice {
  readonly finish_reason?: string | null;
  readonly delta?: {
    readonly content?: unknown;
    readonly refusal?: unknown;
    /** DeepSeek, vLLM and LM Studio. */
    readonly reasoning_content?: unknown;
    /** OpenRouter and Ollama. */
    readonly reasoning?: unknown;
    readonly tool_calls?: readonly CallDelta[] | null;
  } | null;
}

interface RawUsage {
  readonly prompt_tokens?: number | null;
  readonly completion_tokens?: number | null;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number | null } | null;
}

async function* converse(
  config: RemoteModelConfig,
  request: ModelRequest,
  model: string,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  const url = `${openAiBaseUrl(config.baseUrl)}/chat/completions`;
  const headers: Record<string, string> =
    config.apiKey === null ? {} : { authorization: `Bearer ${config.apiKey}` };
  const response = await postForStream(url, headers, await toCompletionBody(request, model), signal);
  const calls = createCallAssembler();
  let finish: string | null = null;
  let usage: Usage | null = null;
  for await (const chunk of chunksOf(response)) {
    if (chunk?.usage) usage = toUsage(chunk.usage);
    const choice = chunk?.choices?.[0];
    if (choice === undefined) continue;
    const { delta } = choice;
    const thinking = delta?.reasoning_content ?? delta?.reasoning;
    if (isText(thinking)) yield { type: "thinking", delta: thinking };
    const text = isText(delta?.content) ? delta.content : delta?.refusal;
    if (isText(text)) yield { type: "text", delta: text };
    for (const call of delta?.tool_calls ?? []) calls.add(call);
    if (isText(choice.finish_reason)) finish = choice.finish_reason;
  }
  if (finish === null) throw new ModelError("the model's stream ended: closed before done");
  if (finish === "error") throw new ModelError("the provider ended the stream with an internal error");
  const whole = calls.finish();
  yield* whole;
  yield {
    type: "end",
    stopReason: toStopReason(finish, whole.length > 0),
    ...(usage === null ? {} : { usage }),
  };
}

/** Up to `[DONE]`, whatever follows: some servers leave the stream open behind it. */
async function* chunksOf(response: Response): AsyncGenerator<Chunk | null> {
  for await (const frame of eventFrames(response)) {
    if (frame.data.toString("latin1", 0, DONE.length) === DONE) return;
    const chunk = await parseFrame(frame);
    const { error } = fieldsOf(chunk);
    if (error !== undefined && error !== null) throw new StreamRefusal(error);
    yield chunk as Chunk | null;
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Servers disagree on the reason of a turn with calls, so the calls decide. */
function toStopReason(finish: string, hasCalls: boolean): StopReason {
  if (finish === "length" || finish === "max_tokens") return "length";
  return hasCalls ? "tool_use" : "stop";
}

/** What came out of a cache is not counted as input a second time. */
function toUsage(raw: RawUsage): Usage {
  const cached = count(raw.prompt_tokens_details?.cached_tokens);
  const inputTokens = Math.max(0, count(raw.prompt_tokens) - cached);
  const outputTokens = count(raw.completion_tokens);
  return {
    inputTokens,
    outputTokens,
    ...(cached > 0 ? { cacheReadTokens: cached } : {}),
    totalTokens: inputTokens + cached + outputTokens,
  };
}

function count(value: number | null | undefined): number {
  return typeof value === "number" && value > 0 ? Math.floor(value) : 0;
}
