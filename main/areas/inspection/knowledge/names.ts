import { quoted } from "../../../contract/sentence.ts";
import type { Use } from "./form.ts";

/** For a name that stands in a sentence of ours: what could read as a part of it is marked. */
export const named = (text: string): string =>
  /^[\w./:@*][\w.:/@*%+~-]{0,80}$/.test(text) ? text : quoted(text, 80);

const MAX_NAMED = 3;

/** "a, b and 4 more" */
export function namedAll(texts: readonly string[]): string {
  const shown = texts.slice(0, MAX_NAMED).map(named).join(", ");
  const left = texts.length - MAX_NAMED;
  return left > 0 ? `${shown} and ${left} more` : shown;
}

/** What the first of the options says that has a value, here or before the command. */
export const givenBy = (use: Use, ...options: readonly string[]): string | undefined =>
  use.around(...options).at(-1);
