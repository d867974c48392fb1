import { excessOfJson } from "../../../kernel/json-bounds.ts";

/** Arguments as the model sent them, understood or not. */
export type ReadArguments =
  | {
      readonly ok: true;
      /** Keys in the model's own order, for the transcript. */
      readonly asSent: Readonly<Record<string, unknown>>;
      /** Keys sorted at every depth, so that equal calls look equal to grants and guardrails. */
      readonly normalized: Readonly<Record<string, unknown>>;
    }
  | { readonly ok: false; readonly asSent: string; readonly reason: string };

/** Contract: never throws. */
export function readArguments(text: string): ReadArguments {
  if (text.trim() === "") return { ok: true, asSent: {}, normalized: {} };
  const excess = excessOfJson(text);
  if (excess !== null) return { ok: false, asSent: text, reason: `it has ${excess}` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, asSent: text, reason: (error as SyntaxError).message };
  }
  if (!isObject(value)) {
    return { ok: false, asSent: text, reason: `expected a JSON object, got ${kindOf(value)}` };
  }
  return { ok: true, asSent: value, normalized: sortKeys(value) as Record<string, unknown> };
}

/** Stays the same when only white space or the order of keys differs. */
export function fingerprintOf(read: ReadArguments): string {
  return read.ok ? JSON.stringify(read.normalized) : read.asSent.replaceAll(/\s+/g, "");
}

/** The very same value where all of it is in order: most calls are, and then nothing has to compare the two. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sortKeys);
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const sorted = keys.toSorted();
  // `fromEntries` rather than assignment, because a key may be called `__proto__`.
  const entries = sorted.map((key) => [key, sortKeys(value[key])] as const);
  const isInOrder = entries.every(([key, item], at) => key === keys[at] && item === value[key]);
  return isInOrder ? value : Object.fromEntries(entries);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}
