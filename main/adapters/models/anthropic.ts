import type { RawMessageStreamEvent } from "@anthropic-ai/sdk/resources/messages";
import { createAnswerBounds } from "../../areas/runs/answer-bounds.ts";
import { type Model, ModelError, type ModelEvent, type ModelRequest } from "../../areas/runs/model.ts";
import type { StopReason, Usage } from "../../areas/sessions/contract.ts";
import { toMessagesBody } from "./anthropic/messages.ts";
import { anthropicBaseUrl, type RemoteModelConfig } from "./model-config.ts";
import { argumentsText } from "./tool-arguments.ts";
import { streamSafely } from "./transport/connection.ts";
import { eventFrames, parseFrame } from "./transport/event-frames.ts";
import { StreamRefusal } from "./transport/failure.ts";
import { postForStream } from "./transport/post-for-stream.ts";

/** The Messages interface of Anthropic and of those who serve the same. */
export function createAnthropic(config: RemoteModelConfig): Model {
  const baseUrl = anthropicBaseUrl(config.baseUrl);
  return {
    provider: config.alias,
    stream: (request) =>
      streamSafely({ baseUrl, apiKey: config.apiKey, signal: request.signal }, async function* (signal) {
        yield* converse(config, request, signal);
      }),
  };
}

function headersFor({ apiKey, baseUrl }: RemoteModelConfig): Record<string, string> {
  const version = { "anthropic-version": "2023-06-01" };
  if (apiKey === null) return version;
  const isForeign = new URL(anthropicBaseUrl(baseUrl)).hostname !== "api.anthropic.com";
  // Other servers of this interface may know only the older header.
  return { ...version, authorization: `Bearer ${apiKey}`, ...(isForeign ? { "x-api-key": apiKey } : {}) };
}

async function* converse(
  config: RemoteModelConfig,
  request: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  const model = request.model || config.model;
  if (!model) {
    throw new ModelError(`no model is chosen for the provider "${config.alias}"; name one in the settings`);
  }
  const url = `${anthropicBaseUrl(config.baseUrl)}/v1/messages`;
  const response = await postForStream(url, headersFor(config), toMessagesBody(request, model), signal);
  const calls = new Map<number, { id: string; name: string; input: unknown; json: string }>();
  const bounds = createAnswerBounds();
  const usage: RawUsage = {};
  let stopReason: string | null = null;

  messages: for await (const event of eventsOf(response)) {
    switch (event.type) {
      case "message_start":
        addUsage(usage, event.message.usage);
        break;
      case "content_block_start": {
        const block = event.content_block;
        if (block.type === "tool_use") {
          bounds.call();
          bounds.named(block.name);
          calls.set(event.index, { id: block.id, name: block.name, input: block.input, json: "" });
        } else if (block.type === "text" && block.text) yield { type: "text", delta: block.text };
        else if (block.type === "thinking" && block.thinking)
          yield { type: "thinking", delta: block.thinking };
        break;
      }
      case "content_block_delta": {
        const { delta } = event;
        if (delta.type === "text_delta") yield { type: "text", delta: delta.text };
        else if (delta.type === "thinking_delta") yield { type: "thinking", delta: delta.thinking };
        else if (delta.type === "signature_delta")
          yield { type: "thinking", delta: "", signature: delta.signature };
        else if (delta.type === "input_json_delta") {
          const call = calls.get(event.index);
          if (call === undefined) break;
          call.json += delta.partial_json;
          bounds.piece(delta.partial_json.length);
          bounds.arguments(call.json.length);
        }
        break;
      }
      case "content_block_stop": {
        const call = calls.get(event.index);
        if (call === undefined) break;
        // Some servers send the whole input at the start of the block instead of in pieces.
        yield {
          type: "tool_call",
          id: call.id,
          name: call.name,
          arguments: call.json || argumentsText(call.input),
        };
        break;
      }
      case "message_delta":
        addUsage(usage, event.usage);
        stopReason = event.delta.stop_reason ?? stopReason;
        break;
      case "message_stop":
        // The end, whatever follows: the connection may stay open.
        break messages;
    }
  }
  if (stopReason === null) throw new ModelError("the model's stream ended: closed before done");
  yield { type: "end", stopReason: toStopReason(stopReason), usage: toUsage(usage) };
}

async function* eventsOf(response: Response): AsyncGenerator<RawMessageStreamEvent> {
  for await (const frame of eventFrames(response)) {
    if (frame.event === "" || frame.event === "ping" || frame.data.length === 0) continue;
    if (frame.event === "error") throw new StreamRefusal(await parseFrame(frame));
    yield (await parseFrame(frame)) as RawMessageStreamEvent;
  }
}

interface RawUsage {
  input_tokens?: number;
  output_tokens?: number;
  cache_read_input_tokens?: number;
  cache_creation_input_tokens?: number;
}

/** Counts are cumulative: what comes later replaces what came before, unless it says nothing. */
function addUsage(
  into: RawUsage,
  usage: { readonly [K in keyof RawUsage]?: number | null } | undefined,
): void {
  const { input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens } = usage ?? {};
  if (input_tokens) into.input_tokens = input_tokens;
  if (output_tokens) into.output_tokens = output_tokens;
  if (cache_read_input_tokens) into.cache_read_input_tokens = cache_read_input_tokens;
  if (cache_creation_input_tokens) into.cache_creation_input_tokens = cache_creation_input_tokens;
}

function toUsage(raw: RawUsage): Usage {
  const inputTokens = raw.input_tokens ?? 0;
  const outputTokens = raw.output_tokens ?? 0;
  const cacheReadTokens = raw.cache_read_input_tokens ?? 0;
  const cacheWriteTokens = raw.cache_creation_input_tokens ?? 0;
  return {
    inputTokens,
    outputTokens,
    ...(cacheReadTokens > 0 ? { cacheReadTokens } : {}),
    ...(cacheWriteTokens > 0 ? { cacheWriteTokens } : {}),
    totalTokens: inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens,
  };
}

function toStopReason(reason: string): StopReason {
  if (reason === "max_tokens" || reason === "model_context_window_exceeded") return "length";
  return reason === "tool_use" ? "tool_use" : "stop";
}
