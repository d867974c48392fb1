import { randomUUID } from "node:crypto";
import { type Model, ModelError, type ModelEvent, type ModelRequest } from "../../areas/runs/model.ts";
import type { Message } from "../../areas/sessions/contract.ts";
import { textOf } from "./message-text.ts";
import { readScript } from "./playbook/script.ts";
import { toArguments } from "./playbook/shorthand.ts";

/**
 * The provider that needs no model: the prompt is its script. Each line `/<tool> <json or shorthand>` becomes a tool
 * call, one per turn and in order; any other text is said word by word at its place. `playbook/shorthand.ts` lists
 * what a line may look like.
 */
export function createPlaybook(alias = "playbook"): Model {
  return {
    provider: alias,
    followsPromptAlone: true,
    stream: (request) => ({ [Symbol.asyncIterator]: () => asAsync(performTurn(request), request.signal) }),
  };
}

/** So many events, then everything else in the process gets its turn. */
const BREATH = 1024;

/** An async generator would cost several promises per word; this costs one. */
function asAsync(events: Generator<ModelEvent, void>, signal: AbortSignal): AsyncIterator<ModelEvent, void> {
  let count = 0;
  return {
    next() {
      if (signal.aborted) return Promise.reject(canceled(signal));
      count += 1;
      return count % BREATH === 0 ? afterABreath(events, signal) : Promise.resolve(events.next());
    },
    return: () => Promise.resolve(events.return()),
  };
}

async function afterABreath(
  events: Generator<ModelEvent, void>,
  signal: AbortSignal,
): Promise<IteratorResult<ModelEvent, void>> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw canceled(signal);
  return events.next();
}

function canceled(signal: AbortSignal): ModelError {
  return new ModelError("the model request was canceled", { cause: signal.reason });
}

function* performTurn(request: ModelRequest): Generator<ModelEvent, void> {
  const { prompt, answers } = sincePrompt(request.messages);
  const script = readScript(prompt);
  const done = answers.filter((message) => message.role === "assistant").length;
  const turn = script[done];
  if (turn !== undefined) yield* words(turn.text);
  if (turn?.call) {
    const { name, rest } = turn.call;
    const id = `call_${randomUUID().replaceAll("-", "")}`;
    yield { type: "tool_call", id, name, arguments: toArguments(name, rest, request.tools) };
    yield { type: "end", stopReason: "tool_use" };
    return;
  }
  const saysNothing = script.length > 1 && script.every(({ text }) => text === "");
  if (turn !== undefined && saysNothing) yield* words(closing(answers));
  yield { type: "end", stopReason: "stop" };
}

/** The last prompt of a person, and everything since. Words the loop puts in by itself are no prompt. */
function sincePrompt(messages: readonly Message[]): { prompt: string; answers: readonly Message[] } {
  const at = messages.findLastIndex((message) => message.role === "user" && !isFromLoop(message));
  const message = messages[at];
  return { prompt: message === undefined ? "" : textOf(message), answers: messages.slice(at + 1) };
}

function isFromLoop(message: Message): boolean {
  return message.metadata !== undefined && "guardrail" in message.metadata;
}

function* words(text: string): Generator<ModelEvent, void> {
  const word = /\s*\S+\s*|\s+/g;
  for (let match = word.exec(text); match !== null; match = word.exec(text)) {
    yield { type: "text", delta: match[0] };
  }
}

/** For a prompt of nothing but calls: what became of each. */
function closing(answers: readonly Message[]): string {
  const results = answers.filter((message) => message.role === "tool");
  const told = results.map((result) => {
    const name = result.toolName ?? "A tool";
    return result.isError === true ? `${name} did not succeed (${firstLine(textOf(result))})` : `${name} ran`;
  });
  const happened = told.length === 0 ? "" : `${told.join(", ")}. `;
  return `${happened}No model is configured: the playbook only follows lines that begin with /tool.`;
}

function firstLine(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
