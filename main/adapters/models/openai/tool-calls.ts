import { randomUUID } from "node:crypto";
import { createAnswerBounds } from "../../../areas/runs/answer-bounds.ts";
import type { ModelEvent } from "../../../areas/runs/model.ts";
import { createJsonBounds, type JsonBounds } from "../../../kernel/json-bounds.ts";
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
  /** Knows without another look at all of them whether they are whole. */
  readonly json: JsonBounds;
}

type CallEvent = Extract<ModelEvent, { type: "tool_call" }>;

/**
 * Puts tool calls together from their pieces. A piece belongs to the call of its index; but some servers send no
 * index, or 0 for every call, and some no ids either.
 *
 * Contract: `add` throws a ModelError as soon as it is too much.
 */
export function createCallAssembler(): {
  add(delta: CallDelta): void;
  finish(): CallEvent[];
} {
  const calls: OpenCall[] = [];
  const bounds = createAnswerBounds();

  function callFor(delta: CallDelta): OpenCall {
    const index = delta.index ?? null;
    const open = index === null ? calls.at(-1) : calls.findLast((call) => call.index === index);
    if (open !== undefined && !beginsAnother(open, delta)) return open;
    bounds.call();
    const call = { index, id: "", name: "", arguments: "", json: createJsonBounds() };
    calls.push(call);
    return call;
  }

  return {
    add(delta) {
      const call = callFor(delta);
      if (call.id === "" && delta.id) call.id = delta.id;
      if (call.name === "" && delta.function?.name) call.name = delta.function.name;
      bounds.named(call.name);
      const piece = argumentsText(delta.function?.arguments);
      call.arguments += piece;
      call.json.add(Buffer.from(piece));
      bounds.piece(piece.length);
      bounds.arguments(call.arguments.length);
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
  // Only what is short is looked at as a whole: it is looked at again with every piece.
  const isNull = open.arguments.length < 16 && open.arguments.trim() === "null";
  return name !== open.name || open.json.isClosed || isNull;
}
