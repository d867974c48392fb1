import type { Model, ModelEvent, ModelRequest } from "../../model.ts";

/** One model turn of a script: events in order, an error to fail with, or a wait that only cancellation ends. */
export type ScriptedTurn = readonly (ModelEvent | Error | "hang")[];

/** For tests. The last turn of the script is played again and again. */
export interface ScriptedModel extends Model {
  readonly requests: readonly ModelRequest[];
}

export function createScriptedModel(script: readonly ScriptedTurn[]): ScriptedModel {
  const requests: ModelRequest[] = [];
  return {
    provider: "scripted",
    requests,
    async *stream(request) {
      const turn = script[Math.min(requests.length, script.length - 1)] ?? [];
      requests.push(request);
      for (const step of turn) {
        await Promise.resolve();
        if (step === "hang") await new Promise(() => {});
        else if (step instanceof Error) throw step;
        else yield step;
      }
    },
  };
}

export function says(...deltas: readonly string[]): ScriptedTurn {
  return [...deltas.map((delta) => ({ type: "text", delta }) as const), { type: "end", stopReason: "stop" }];
}

/** Each call is its tool's name and its arguments as sent; ids are `call_1` and so on. */
export function calls(...sent: readonly (readonly [name: string, args: string])[]): ScriptedTurn {
  return [
    ...sent.map(([name, args], index) => {
      return { type: "tool_call", id: `call_${index + 1}`, name, arguments: args } as const;
    }),
    { type: "end", stopReason: "tool_use" },
  ];
}
