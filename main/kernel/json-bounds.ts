import { grouped } from "../contract/in-words.ts";
import { MAX_JSON_DEPTH, MAX_JSON_HALVES, MAX_JSON_VALUES } from "../contract/limits.ts";

/** What of a JSON text is too much, as one reads it behind "has". */
export type Excess = string;

const TOO_DEEP: Excess = `more than ${MAX_JSON_DEPTH} levels of nesting`;
const TOO_MANY_HALVES: Excess = `more than ${grouped(MAX_JSON_HALVES)} escaped halves of characters`;
const tooMany = (maxValues: number): Excess => `more than ${grouped(maxValues)} values`;

/**
 * Looks at JSON before it is parsed, piece by piece as it comes in: a parser has no bounds of its own, and a short text can
 * hold millions of values.
 *
 * Contract: takes time in proportion to the bytes, whatever they are. Says nothing about whether they are JSON at all.
 */
export interface JsonBounds {
  /** Null as long as there is not too much. */
  add(bytes: Uint8Array): Excess | null;
  /** The first array or object has been closed. */
  readonly isClosed: boolean;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const LOWER_D = 0x64;
const LOWER_U = 0x75;
const TO_LOWER = 0x20;

export function createJsonBounds(maxValues = MAX_JSON_VALUES): JsonBounds {
  let depth = 0;
  let values = 1;
  let isInString = false;
  let isEscaped = false;
  /** How much of `\ud` has been seen of an escape that may stand for a half. */
  let seenOfHalf = 0;
  let halves = 0;
  let isClosed = false;
  return {
    get isClosed() {
      return isClosed;
    },
    add(bytes) {
      for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at];
        if (isInString) {
          if (isEscaped) {
            isEscaped = false;
            seenOfHalf = byte === LOWER_U ? 1 : 0;
          } else if (seenOfHalf === 1) {
            seenOfHalf = byte !== undefined && (byte | TO_LOWER) === LOWER_D ? 2 : 0;
          } else if (seenOfHalf === 2) {
            seenOfHalf = 0;
            if (byte !== undefined && isFrom8(byte)) halves += 1;
          } else if (byte === BACKSLASH) isEscaped = true;
          else if (byte === QUOTE) isInString = false;
          else at = endOfPlain(bytes, at);
        } else if (byte === QUOTE) {
          isInString = true;
        } else if (byte === COMMA) {
          values += 1;
        } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
          depth += 1;
          values += 1;
          if (depth > MAX_JSON_DEPTH) return TOO_DEEP;
        } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
          depth -= 1;
          isClosed ||= depth === 0;
        }
      }
      if (halves > MAX_JSON_HALVES) return TOO_MANY_HALVES;
      return values > maxValues ? tooMany(maxValues) : null;
    },
  };
}

/** The last byte before a quote or a backslash: most of a long body is passed here, at a quarter of the cost. */
function endOfPlain(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== QUOTE && bytes[at] !== BACKSLASH) at += 1;
  return at - 1;
}

/** A hex digit from 8 on: `\ud800` to `\udfff` are halves. Digits end with 9, and letters stand behind them. */
const isFrom8 = (byte: number): boolean => byte >= 0x38;

/** The same of a whole text. */
export const excessOfJson = (text: string): Excess | null => createJsonBounds().add(Buffer.from(text));

/** The same of a value that came in without being JSON, with how many characters its texts and keys may have together. */
export function excessOfValue(value: unknown, maxCharacters: number): Excess | null {
  let values = 0;
  let characters = 0;
  const todo: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    values += 1;
    if (typeof next.value === "string") characters += lengthOf(next.value);
    if (values > MAX_JSON_VALUES) return tooMany(MAX_JSON_VALUES);
    if (characters > maxCharacters) return tooManyCharacters(maxCharacters);
    // A typed array would list every byte as a key of its own.
    if (typeof next.value !== "object" || next.value === null || ArrayBuffer.isView(next.value)) continue;
    const depth = next.depth + 1;
    if (depth > MAX_JSON_DEPTH) return TOO_DEEP;
    const found = Object.values(next.value);
    if (!Array.isArray(next.value)) for (const key of Object.keys(next.value)) characters += key.length;
    if (values + todo.length + found.length > MAX_JSON_VALUES) return tooMany(MAX_JSON_VALUES);
    for (const each of found) todo.push({ value: each, depth });
  }
  return characters > maxCharacters ? tooManyCharacters(maxCharacters) : null;
}

/** A text with half a character in it is no text: each sign of it is shown, and kept, as an escape of six. */
const lengthOf = (text: string): number => (halfCharacter.test(text) ? 6 * text.length : text.length);
const halfCharacter = /\p{Cs}/u;

const tooManyCharacters = (max: number): Excess => `more than ${grouped(max)} characters`;
