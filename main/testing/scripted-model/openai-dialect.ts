import type { Dialect } from "./dialect.ts";
import { type Answer, argumentsText, piecesOf, wordsOf } from "./reply.ts";

export const openAiDialect: Dialect = {
  name: "openai",
  frames(answer, model) {
    const deltas = [{ role: "assistant", content: "" }, ...contentDeltas(answer)];
    const chunks: object[] = deltas.map((delta) => choice(delta, null));
    const finish = answer.finishReason ?? (answer.toolCalls === undefined ? "stop" : "tool_calls");
    chunks.push(choice({}, finish));
    if (answer.usage !== undefined) chunks.push({ choices: [], usage: usageOf(answer.usage) });
    const head = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 0, model };
    const frames = chunks.map((chunk) => `data: ${JSON.stringify({ ...head, ...chunk })}\n\n`);
    return [...frames, "data: [DONE]\n\n"];
  },
  errorFrame: (type, message) => `data: ${JSON.stringify({ error: { type, message } })}\n\n`,
  errorBody: ({ type, message }) =>
    JSON.stringify({ error: { type: type ?? null, message: message ?? "", code: null } }),
  modelList: (models) => ({ object: "list", data: models.map((id) => ({ id, object: "model" })) }),
};

function contentDeltas(answer: Answer): unknown[] {
  const thinking = wordsOf(answer.thinking ?? "").map((word) => ({ reasoning_content: word }));
  const text = wordsOf(answer.text ?? "").map((word) => ({ content: word }));
  const calls = (answer.toolCalls ?? []).flatMap((call, index) => {
    const id = call.id === undefined ? `call_${index + 1}` : call.id;
    const first = {
      index,
      ...(id === null ? {} : { id }),
      type: "function",
      function: { name: call.name, arguments: "" },
    };
    const rest = piecesOf(argumentsText(call)).map((piece) => ({ index, function: { arguments: piece } }));
    return [first, ...rest].map((piece) => ({ tool_calls: [piece] }));
  });
  return [...thinking, ...text, ...calls];
}

function choice(delta: unknown, finishReason: string | null): object {
  return { choices: [{ index: 0, delta, finish_reason: finishReason }] };
}

function usageOf({ input, output, cacheRead }: NonNullable<Answer["usage"]>): unknown {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    ...(cacheRead === undefined ? {} : { prompt_tokens_details: { cached_tokens: cacheRead } }),
  };
}
