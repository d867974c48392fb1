import { randomUUID } from "node:crypto";
import type { ModelEvent } from "../../../areas/runs/model.ts";
import { argumentsText } from "../tool-arguments.ts";

/** A piece of a call as servers send it in practice, which is less than the reference promises. */
export interface CallDelta {
  readonly index?: number | null;
  readonly id?: string | null;
  readonly function?: { readonly name?: string | null; readonly arguments?: unknown } | null;
}

interface OpenCall {
  readonly index: number | null;
  id: string;
  name: string;
  arguments: string;
}

type CallEvent = Extract<ModelEvent, { type: "tool_call" }>;

/**
 * Puts tool calls together from their pieces. A piece belongs to the call of its index; but some servers send no
 * index, or 0 for every call, and some no ids either.
 */
export function createCallAssembler(): {
  add(delta: CallDelta): void;
  finish(): CallEvent[];
} {
  const calls: OpenCall[] = [];

  function callFor(delta: CallDelta): OpenCall {
    const index = delta.index ?? null;
    const open = index === null ? calls.at(-1) : calls.findLast((call) => call.index === index);
    if (open !== undefined && !beginsAnother(open, delta)) return open;
    const call = { index, id: "", name: "", arguments: "" };
    calls.push(call);
    return call;
  }

  return {
    add(delta) {
      const call = callFor(delta);
      if (call.id === "" && delta.id) call.id = delta.id;
      if (call.name === "" && delta.function?.name) call.name = delta.function.name;
      call.arguments += argumentsText(delta.function?.arguments);
    },
    finish() {
      const seen = new Set<string>();
      return calls.map((call) => {
        const id = call.id === "" || seen.has(call.id) ? `call_${randomUUID().replaceAll("-", "")}` : call.id;
        seen.add(id);
        return { type: "tool_call", id, name: call.name, arguments: call.arguments };
      });
    },
  };
}

function beginsAnother(open: OpenCall, delta: CallDelta): boolean {
  if (delta.id && open.id !== "") return delta.id !== open.id;
  const name = delta.function?.name;
  if (!name || open.name === "") return false;
  return name !== open.name || isWhole(open.arguments);
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
