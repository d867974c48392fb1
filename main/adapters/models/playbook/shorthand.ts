import type { ToolInfo } from "../../../areas/catalogs/tools/contract.ts";
import { fieldsOf } from "../fields.ts";
import { splitWords, takeWord } from "./words.ts";

/**
 * What may stand behind a tool's name instead of a JSON object:
 *
 *     /shell_exec git commit -m "two words"     words as in a shell, nothing is expanded
 *     /grep "two words" src                     pattern, then where to look
 *     /write_file notes.txt the rest is content file, then all of its content
 *     /read_file a file.txt                     the whole rest is the one argument
 *
 * Null when the rest does not fit the form.
 */
type Shorthand = (rest: string) => Record<string, unknown> | null;

const SHORTHANDS: Readonly<Record<string, Shorthand>> = {
  shell_exec: (rest) => {
    const argv = splitWords(rest);
    return argv === null ? null : { argv };
  },
  grep: (rest) => {
    const { word: pattern, rest: place } = takeWord(rest);
    return place.trim() === "" ? { pattern } : { pattern, path: unquoted(place) };
  },
  write_file: (rest) => {
    const { word: path, rest: content } = takeWord(rest);
    return { path, content };
  },
};

/** Arguments of a call as JSON text, or the rest of the line as it is, so that the loop says what is wrong with it. */
export function toArguments(name: string, rest: string, tools: readonly ToolInfo[]): string {
  if (rest === "") return "{}";
  if (rest.startsWith("{")) return rest;
  const own = Object.hasOwn(SHORTHANDS, name) ? SHORTHANDS[name] : undefined;
  const args = own === undefined ? singleArgument(name, rest, tools) : own(rest);
  return args === null ? rest : JSON.stringify(args);
}

/** For every other tool: the first text it requires, else the first it takes. */
function singleArgument(
  tool: string,
  rest: string,
  tools: readonly ToolInfo[],
): Record<string, unknown> | null {
  const schema = tools.find(({ name }) => name === tool)?.parameters;
  const properties = fieldsOf(schema?.["properties"]);
  const required: unknown[] = Array.isArray(schema?.["required"]) ? schema["required"] : [];
  const names = [...required, ...Object.keys(properties)].filter((key) => typeof key === "string");
  const name = names.find((key) => fieldsOf(properties[key])["type"] === "string");
  return name === undefined ? null : { [name]: unquoted(rest) };
}

function unquoted(text: string): string {
  const { word, rest } = takeWord(text.trim());
  return rest === "" ? word : text.trim();
}
