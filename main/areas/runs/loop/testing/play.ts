import type { ContentPart, Message } from "../../../sessions/contract.ts";
import { createFakeClock, type FakeClock } from "../../../../testing/fake-clock.ts";
import type { RunEventBody } from "../../contract.ts";
import { runLoop } from "../loop.ts";
import type { LoopInput, LoopOutcome, LoopPorts, PreparedCall } from "../ports.ts";
import { createScriptedModel, type ScriptedModel, type ScriptedTurn } from "./scripted-model.ts";

export interface Play {
  readonly done: Promise<LoopOutcome>;
  readonly events: readonly RunEventBody[];
  readonly executed: readonly PreparedCall[];
  readonly model: ScriptedModel;
  readonly clock: FakeClock;
  cancel(): void;
  /** `type` of each event, text deltas left out. */
  types(): string[];
  find<T extends RunEventBody["type"]>(type: T): Extract<RunEventBody, { type: T }>[];
}

/** For tests: a loop over a script, with the tools `plain` (answers "ok") and `broken` (answers with an error). */
export function play(
  script: readonly ScriptedTurn[],
  given: Partial<LoopInput> & { execute?: LoopPorts["execute"] } = {},
): Play {
  const { execute, ...input } = given;
  const clock = createFakeClock();
  const model = createScriptedModel(script);
  const controller = new AbortController();
  const events: RunEventBody[] = [];
  const executed: PreparedCall[] = [];
  const runTool: LoopPorts["execute"] =
    execute ??
    ((call) => {
      const isError = call.name === "broken";
      return Promise.resolve({
        result: { content: isError ? "no" : "ok", isError },
        decidedBy: null,
        durationMs: 1,
      });
    });
  const ports: LoopPorts = {
    clock,
    model,
    execute(call, signal) {
      executed.push(call);
      return runTool(call, signal);
    },
    mayGoOn: () => null,
    emit(event) {
      events.push(event);
    },
  };
  const done = runLoop(
    {
      history: [],
      prompt: spoke("user", "hello"),
      system: "",
      modelName: "m",
      tools: ["plain", "broken"].map(toolInfo),
      options: {},
      maxTurns: 32,
      signal: controller.signal,
      ...input,
    },
    ports,
  );
  return {
    done,
    events,
    executed,
    model,
    clock,
    cancel: () => controller.abort(),
    types: () => events.flatMap((event) => (event.type === "text_delta" ? [] : [event.type])),
    find: <T extends RunEventBody["type"]>(type: T) =>
      events.filter((event): event is Extract<RunEventBody, { type: T }> => event.type === type),
  };
}

/** Lets everything run that does not wait for time. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export function spoke(role: "user" | "assistant", text: string, more: Partial<Message> = {}): Message {
  return { role, content: [{ type: "text", text }], createdAt: 0, ...more };
}

export function callsTool(
  ...toolCalls: readonly { id: string; name: string; arguments?: unknown }[]
): Message {
  const content = toolCalls.map(({ id, name, arguments: args }): ContentPart => {
    return { type: "tool_call", toolCall: { id, name, arguments: args ?? {} } };
  });
  return { role: "assistant", content, createdAt: 0 };
}

export function toolResult(toolCallId: string, text: string): Message {
  return { role: "tool", content: [{ type: "text", text }], toolCallId, toolName: "plain", createdAt: 0 };
}

/** One list of words from several lines. */
export function words(...lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(" "));
}

function toolInfo(name: string) {
  return {
    name,
    description: "",
    parameters: {},
    requiresPermission: false,
    permissionAction: null,
    permissionTargetPreview: null,
  };
}
