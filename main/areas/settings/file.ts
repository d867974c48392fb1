import { closest, distance } from "fastest-levenshtein";
import * as z from "zod";
import { inWords, pathInWords } from "../../contract/issues.ts";
import { ProviderType, settings, Tier } from "./contract.ts";
import { parseDuration } from "./duration.ts";
import { JsonSyntaxError, parseLocatedJson, type JsonPath } from "./located-json.ts";

/** Needs no model and no key; always there. */
export const PLAYBOOK = "playbook";

const Text = z.string().min(1).max(4096);
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 22:00");
const Duration = z
  .string()
  .refine(
    (text) => parseDuration(text) !== null,
    "must be a duration such as 10m or 1h30m, or 0 for no limit",
  );

export const FileProvider = z
  .strictObject({
    alias: settings.endpoints.saveProvider.input.shape.alias,
    type: ProviderType,
    base_url: z.url({ protocol: /^https?$/ }).optional(),
    model: z.string().max(200).optional(),
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

/** What a person may write into settings.json. Everything is optional. */
export const SettingsFile = z.strictObject({
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
  coding: z
    .strictObject({
      enabled: z.boolean().optional(),
      allow_overwrite: z.boolean().optional(),
      allow_binaries: z.array(Text).optional(),
    })
    .optional(),
  permissions: z
    .strictObject({
      timeout: Duration.optional(),
      default_tier: Tier.optional(),
      channels: z.record(z.string(), Tier).optional(),
    })
    .optional(),
  notifications: z
    .strictObject({
      enabled: z.boolean().optional(),
      sound: z.boolean().optional(),
      privacy: z.boolean().optional(),
      quiet_from: TimeOfDay.nullable().optional(),
      quiet_until: TimeOfDay.nullable().optional(),
      run_ended: z.boolean().optional(),
      popup: z.boolean().optional(),
    })
    .refine(
      ({ quiet_from, quiet_until }) => ((quiet_from ?? null) === null) === ((quiet_until ?? null) === null),
      "must have both quiet_from and quiet_until, or neither",
    )
    .optional(),
  mcp_servers: z.record(z.string(), z.unknown()).optional(),
});
export type SettingsFile = z.infer<typeof SettingsFile>;

/** The file can't be used as it is. The message tells a person which line to look at. */
export class SettingsFileError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "SettingsFileError";
  }
}

/** Contract: throws SettingsFileError only. Keys keep the order in which a person wrote them. */
export function parseSettingsFile(text: string): SettingsFile {
  if (text.trim() === "") return {};
  const json = locate(text);
  const problems = problemsIn(json.value);
  if (problems.length === 0) return json.value as SettingsFile;
  throw new SettingsFileError(
    problems.map(({ path, words }) => `line ${json.lineOf(path)}: ${words}`).join("\n"),
  );
}

export interface SettingsProblem {
  readonly path: JsonPath;
  readonly words: string;
}

/** What keeps `value` from being a settings file, empty if nothing does. Values, keys above all, are not repeated. */
export function problemsIn(value: unknown): SettingsProblem[] {
  const issues = SettingsFile.safeParse(value, { error: withNearestKey }).error?.issues ?? [];
  return issues.map((issue) => {
    const path = issue.path.filter((part) => typeof part !== "symbol");
    const key = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
    return {
      path: key === undefined ? path : [...path, key],
      words: `${pathInWords(path) || "the file"} ${issue.message}`,
    };
  });
}

function locate(text: string) {
  try {
    return parseLocatedJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const problem = error.message.slice(0, error.message.lastIndexOf(" at line "));
    throw new SettingsFileError(`line ${error.line}, column ${error.column}: ${problem}`, { cause: error });
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
