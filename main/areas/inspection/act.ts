import { quoted } from "../../contract/sentence.ts";

const MAX_ACT = 120;

/** "run `git push`": the object is shortened so that the whole stays within 120 characters. */
export function act(verb: string, object: string): string {
  return `${verb} ${quoted(object, MAX_ACT - verb.length - 3)}`;
}

/** Whether `act` names all of the object. */
export const isNamedWhole = (verb: string, object: string): boolean =>
  object.length <= MAX_ACT && act(verb, object) === `${verb} ${quoted(object)}`;
