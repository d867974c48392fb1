import type { Dialect } from "./dialect.ts";
import { type Answer, argumentsText, piecesOf, wordsOf } from "./reply.ts";

export const anthropicDialect: Dialect = {
  name: "anthropic",
  frames(answer, model) {
    const usage = answer.usage ?? { input: 0, output: 0 };
    const message = {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: usage.input, output_tokens: 1, cache_read_input_tokens: usage.cacheRead ?? 0 },
    };
    const blocks = blocksOf(answer);
    const finish = answer.finishReason ?? (answer.toolCalls === undefined ? "end_turn" : "tool_use");
    return [
      frame("message_start", { message }),
      frame("ping", {}),
      ...blocks.flatMap(({ start, deltas }, index) => [
        frame("content_block_start", { index, content_block: start }),
        ...deltas.map((delta) => frame("content_block_delta", { index, delta })),
        frame("content_block_stop", { index }),
      ]),
      frame("message_delta", {
        delta: { stop_reason: finish, stop_sequence: null },
        usage: { output_tokens: usage.output },
      }),
      frame("message_stop", {}),
    ];
  },
  errorFrame: (type, message) => frame("error", { error: { type, message } }),
  errorBody: ({ type, message }) =>
    JSON.stringify({ type: "error", error: { type: type ?? "api_error", message: message ?? "" } }),
  modelList: (models) => ({
    data: models.map((id) => ({ id, type: "model", display_name: id, created_at: "2025-01-01T00:00:00Z" })),
    has_more: false,
    first_id: models[0] ?? null,
    last_id: models.at(-1) ?? null,
  }),
};

function blocksOf(answer: Answer): { start: unknown; deltas: unknown[] }[] {
  const blocks: { start: unknown; deltas: unknown[] }[] = [];
  if (answer.thinking !== undefined) {
    const deltas: unknown[] = wordsOf(answer.thinking).map((thinking) => ({
      type: "thinking_delta",
      thinking,
    }));
    deltas.push({ type: "signature_delta", signature: "signed" });
    blocks.push({ start: { type: "thinking", thinking: "", signature: "" }, deltas });
  }
  if (answer.text !== undefined) {
    const deltas = wordsOf(answer.text).map((text) => ({ type: "text_delta", text }));
    blocks.push({ start: { type: "text", text: "" }, deltas });
  }
  for (const [at, call] of (answer.toolCalls ?? []).entries()) {
    const deltas = piecesOf(argumentsText(call)).map((piece) => ({
      type: "input_json_delta",
      partial_json: piece,
    }));
    blocks.push({
      start: { type: "tool_use", id: call.id ?? `toolu_${at + 1}`, name: call.name, input: {} },
      deltas,
    });
  }
  return blocks;
}

function frame(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}
