import { preview } from "./visible-text.ts";

const MAX_ACT = 120;

/** "run `git push`": the object is shortened so that the whole stays within 120 characters. */
export function act(verb: string, object: string): string {
  return `${verb} \`${preview(object, MAX_ACT - verb.length - 3)}\``;
}
