import { closest, distance } from "fastest-levenshtein";
import * as z from "zod";
import { inWords, pathInWords } from "../../contract/issues.ts";
import { withoutDefault, type SettingsSection } from "../../contract/settings-section.ts";
import { ModelName, ProviderAddress, ProviderAlias, ProviderType } from "./contract.ts";
import { JsonSyntaxError, parseJsonDocument, type JsonDocument, type JsonPath } from "./json-document.ts";
import { inFile, spelledForUs } from "./spelling.ts";

/** Needs no model and no key; always there. */
export const PLAYBOOK = "playbook";

const Text = z.string().min(1).max(4096);
export const FileProvider = z
  .strictObject({
    alias: ProviderAlias,
    type: ProviderType,
    base_url: ProviderAddress.optional(),
    model: ModelName.optional(),
    api_key: Text.optional(),
    /** A key that only this person's keychain can open. */
    api_key_sealed: Text.optional(),
    /** Name of the environment variable that holds the key. */
    api_key_env: Text.regex(
      /^[A-Za-z_][A-Za-z0-9_]*$/,
      "must be the name of an environment variable",
    ).optional(),
  })
  .refine(
    ({ api_key, api_key_env, api_key_sealed }) =>
      [api_key, api_key_env, api_key_sealed].filter((given) => given !== undefined).length <= 1,
    "must name its key only once: api_key, api_key_env or api_key_sealed",
  )
  .refine(
    ({ alias, type }) => alias !== PLAYBOOK || type === "playbook",
    `can't take the name ${PLAYBOOK}: it is built in`,
  );
export type FileProvider = z.infer<typeof FileProvider>;

/** What stands in the file besides the sections of the areas. */
const ownKeys = {
  default_provider: Text.optional(),
  providers: z
    .array(FileProvider)
    .refine(
      (list) => new Set(list.map(({ alias }) => alias)).size === list.length,
      "must not name one alias twice",
    )
    .optional(),
  workspace: Text.refine(
    (path) => /^(~|\/|[A-Za-z]:[\\/]|\\\\)/.test(path),
    "must be a full path, or begin with ~",
  ).optional(),
  mcp_servers: z.record(z.string(), z.unknown()).optional(),
};

/** What a person may write into settings.json, sections under their names. Everything is optional. */
export type SettingsFile = z.infer<z.ZodObject<typeof ownKeys>> & Readonly<Record<string, unknown>>;

/** The file can't be used as it is. The message tells a person which line to look at. */
export class SettingsFileError extends Error {
  /** The same without lines, where it is about keys and values. */
  readonly problems: readonly string[];

  constructor(message: string, options: { cause?: unknown; problems?: readonly string[] } = {}) {
    super(message, { cause: options.cause });
    this.name = "SettingsFileError";
    this.problems = options.problems ?? [];
  }
}

/**
 * What the file may say, given the sections of the areas.
 *
 * Contract: throws SettingsFileError only, which does not repeat values, keys of providers above all.
 */
export type ParseSettingsFile = (text: string) => SettingsFile;

interface Problem {
  readonly path: JsonPath;
  readonly words: string;
}

export function createSettingsParser(sections: readonly SettingsSection[]): ParseSettingsFile {
  const schema = z.strictObject({
    ...ownKeys,
    ...Object.fromEntries(sections.map((section) => [inFile(section.name), sectionInFile(section)])),
  });
  const problemsIn = (value: unknown): Problem[] => {
    const issues = schema.safeParse(value, { error: withNearestKey }).error?.issues ?? [];
    return issues.map((issue) => {
      const path = issue.path.filter((part) => typeof part !== "symbol");
      const key = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
      return {
        path: key === undefined ? path : [...path, key],
        words: `${pathInWords(path) || "the file"} ${issue.message}`,
      };
    });
  };
  return (text) => {
    if (text.trim() === "") return {};
    const { value, lineOf } = documentOf(text);
    const problems = problemsIn(value);
    if (problems.length === 0) return value as SettingsFile;
    throw new SettingsFileError(
      problems.map(({ path, words }) => `line ${lineOf(path)}: ${words}`).join("\n"),
      { problems: problems.map(({ words }) => words) },
    );
  };
}

/** The section as the file spells it. Checks of several keys together are made as the area declared them. */
function sectionInFile({ schema }: SettingsSection) {
  const keys = Object.keys(schema.shape);
  const fields = Object.entries(schema.shape).map(([key, field]) => [
    inFile(key),
    withoutDefault(field).optional(),
  ]);
  return z
    .strictObject(Object.fromEntries(fields) as Record<string, z.ZodType>)
    .superRefine((values, context) => {
      for (const issue of schema.safeParse(spelledForUs(values, keys)).error?.issues ?? []) {
        const path = issue.path.map((part) => (typeof part === "string" ? inFile(part) : part));
        context.addIssue({ code: "custom", message: issue.message, path });
      }
    })
    .optional();
}

function documentOf(text: string): JsonDocument {
  try {
    return parseJsonDocument(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new SettingsFileError(`line ${error.line}, column ${error.column}: ${error.problem}`, {
      cause: error,
    });
  }
}

/** A misspelt key is told which known one is nearest, unless none is near. */
function withNearestKey(issue: z.core.$ZodRawIssue): string {
  if (issue.code !== "unrecognized_keys" || !(issue.inst instanceof z.ZodObject)) return inWords(issue);
  const known = Object.keys(issue.inst.shape);
  return issue.keys
    .map((key) => {
      const nearest = closest(key, known);
      const isNear = distance(key.toLowerCase().replaceAll("-", "_"), nearest) <= Math.max(2, key.length / 3);
      return `has no key "${key}"; ${isNear ? `did you mean "${nearest}"?` : `known are ${known.join(", ")}`}`;
    })
    .join("; ");
}
