import type * as z from "zod";

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

/** A caller may send thousands of wrong names, each as long as a body; so many are told, and so much of each. */
const MAX_NAMED = 20;
const MAX_NAME = 200;

const countWords = (origin: string, count: number | bigint): string => {
  if (origin === "string") return `${count} ${count === 1 ? "character" : "characters"}`;
  if (origin === "array") return `${count} ${count === 1 ? "entry" : "entries"}`;
  return String(count);
};

/**
 * Says in plain words what is wrong with a value, without repeating the value. Give it to zod where input is parsed:
 * `schema.safeParse(input, { error: inWords })`. A message that the schema brings itself goes before.
 */
export function inWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "is missing";
      return `must be ${TYPE_WORDS[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be ${issue.values.length === 1 ? "" : "one of "}${issue.values.map((value) => String(value)).join(", ")}`;
    case "unrecognized_keys":
      return `has no ${namesInWords(issue.keys)}`;
    case "too_small":
      if (issue.origin === "string" && issue.minimum === 1) return "must not be empty";
      return `must ${issue.origin === "string" || issue.origin === "array" ? "have" : "be"} at least ${countWords(issue.origin, issue.minimum)}`;
    case "too_big":
      return `must ${issue.origin === "string" || issue.origin === "array" ? "have" : "be"} at most ${countWords(issue.origin, issue.maximum)}`;
    case "invalid_format":
      return issue.format === "url"
        ? "must be a web address such as https://example.org"
        : "has the wrong form";
    case "custom":
      return issue.message ?? "is not valid";
    default:
      return "has the wrong form";
  }
}

/** `providers[0].alias`, "" for the whole. */
export function pathInWords(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

/** One line per issue: where, then what. The first ones say enough. */
export function issuesInWords({ issues }: z.core.$ZodError): string[] {
  const lines = issues
    .slice(0, MAX_NAMED)
    .map((issue) => `${pathInWords(issue.path.map(shortened)) || "it"} ${issue.message}`);
  return issues.length > MAX_NAMED ? [...lines, `and ${issues.length - MAX_NAMED} more`] : lines;
}

function namesInWords(names: readonly string[]): string {
  const said = names.slice(0, MAX_NAMED).map((name) => `"${shortened(name)}"`);
  return names.length > MAX_NAMED
    ? `${said.join(", ")} and ${names.length - MAX_NAMED} more`
    : said.join(", ");
}

function shortened<P extends PropertyKey>(name: P): P | string {
  return typeof name === "string" && name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name;
}
