import { grouped } from "../../contract/in-words.ts";
import {
  MAX_ANSWER_CHARACTERS,
  MAX_ANSWER_PIECES,
  MAX_ARGUMENTS_CHARACTERS,
  MAX_CALLS_PER_ANSWER,
  MAX_TOOL_NAME_CHARACTERS,
} from "../../contract/limits.ts";
import { ModelError } from "./model.ts";

/**
 * Counts what one answer of a model has brought. Whoever collects pieces of an answer counts them here, so that it is
 * refused as soon as it is too much, and not when all of it is there.
 *
 * Contract: throws a ModelError that says what is too much.
 */
export interface AnswerBounds {
  /** A piece of words, thoughts or arguments. */
  piece(characters: number): void;
  call(): void;
  /** What is known of a call so far; may be said again. */
  named(name: string): void;
  arguments(characters: number): void;
}

export function createAnswerBounds(): AnswerBounds {
  let pieces = 0;
  let characters = 0;
  let calls = 0;
  return {
    piece(more) {
      pieces += 1;
      characters += more;
      if (characters > MAX_ANSWER_CHARACTERS) throw tooMany(MAX_ANSWER_CHARACTERS, "characters");
      if (pieces > MAX_ANSWER_PIECES) throw tooMany(MAX_ANSWER_PIECES, "pieces");
    },
    call() {
      calls += 1;
      if (calls > MAX_CALLS_PER_ANSWER) throw tooMany(MAX_CALLS_PER_ANSWER, "tool calls");
    },
    named(name) {
      if (name.length > MAX_TOOL_NAME_CHARACTERS)
        throw tooMany(MAX_TOOL_NAME_CHARACTERS, "characters in the name of a tool");
    },
    arguments(length) {
      if (length > MAX_ARGUMENTS_CHARACTERS)
        throw tooMany(MAX_ARGUMENTS_CHARACTERS, "characters of arguments for one tool call");
    },
  };
}

function tooMany(most: number, what: string): ModelError {
  return new ModelError(`the model's answer was not taken: it has more than ${grouped(most)} ${what}`, {
    isFinal: true,
  });
}
