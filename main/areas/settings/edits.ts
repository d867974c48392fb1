import type * as z from "zod";
import { fail } from "../../contract/fail.ts";
import { settings } from "./contract.ts";
import { PLAYBOOK, type FileProvider, type SettingsFile } from "./file.ts";
import type { JsonEdit } from "./json-edits.ts";
import type { SecretBox } from "./secret-box.ts";
import { inFile } from "./spelling.ts";

/** Own settings and, under the name of a section, those of its keys that change. */
export type SettingsChange = z.output<typeof settings.endpoints.changeSettings.input> &
  Readonly<Record<string, unknown>>;
export type ProviderChange = z.output<typeof settings.endpoints.saveProvider.input>;

/** What a change writes; sections and keys that it does not name stay as they are. */
export function editsOfChange(change: SettingsChange): JsonEdit[] {
  return named(change).flatMap(([key, value]) =>
    isSection(value)
      ? named(value).map(([inner, each]) => ({ path: [inFile(key), inFile(inner)], value: each }))
      : [{ path: [inFile(key)], value }],
  );
}

/** What `overrides` still say after a change: no longer what the change names. */
export function withoutNamed(overrides: SettingsChange, change: SettingsChange): SettingsChange {
  const kept = named(overrides).map(([key, value]) => {
    const changed = change[key];
    if (!isSection(value)) return [key, changed === undefined ? value : undefined];
    if (!isSection(changed)) return [key, value];
    return [key, Object.fromEntries(named(value).filter(([inner]) => changed[inner] === undefined))];
  });
  return Object.fromEntries(kept) as SettingsChange;
}

type Values = Readonly<Record<string, unknown>>;

const named = (values: Values) => Object.entries(values).filter(([, value]) => value !== undefined);

function isSection(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Adds a provider, or changes the keys of one in its place. */
export function editsOfProvider(file: SettingsFile, change: ProviderChange, secrets: SecretBox): JsonEdit[] {
  const providers = file.providers ?? [];
  const index = providers.findIndex(({ alias }) => alias === change.alias);
  const before = providers[index];
  const saved: FileProvider =
    change.type === "playbook"
      ? { alias: change.alias, type: change.type }
      : {
          alias: change.alias,
          type: change.type,
          ...(change.baseUrl !== null && { base_url: change.baseUrl }),
          ...(change.model !== null && change.model !== "" && { model: change.model }),
          ...keyOf(change, before, secrets),
        };
  if (before === undefined) return [{ path: ["providers", providers.length], value: saved }];
  const keys = new Set([...Object.keys(before), ...Object.keys(saved)]) as Set<keyof FileProvider>;
  return [...keys]
    .filter((key) => before[key] !== saved[key])
    .map((key) => ({ path: ["providers", index, key], value: saved[key] }));
}

/** Takes a provider out, and lets the playbook answer where it was the default. */
export function editsOfRemoval(file: SettingsFile, alias: string): JsonEdit[] {
  const index = (file.providers ?? []).findIndex((provider) => provider.alias === alias);
  return [
    { path: ["providers", index], value: undefined },
    ...(file.default_provider === alias ? [{ path: ["default_provider"], value: PLAYBOOK }] : []),
  ];
}

type StoredKey = Pick<FileProvider, "api_key" | "api_key_env" | "api_key_sealed">;

function keyOf(change: ProviderChange, before: FileProvider | undefined, secrets: SecretBox): StoredKey {
  const { apiKey, apiKeyEnv } = change;
  if (apiKeyEnv !== null && apiKeyEnv !== "") {
    if (apiKey)
      throw fail(settings, "invalid", "Give the key or the name of a variable that holds it, not both.");
    return { api_key_env: apiKeyEnv };
  }
  if (apiKey === "") return {};
  if (apiKey !== undefined) {
    return secrets.available ? { api_key_sealed: secrets.seal(apiKey) } : { api_key: apiKey };
  }
  const kept = storedKey(before);
  if (kept === null) return {};
  // A key is for one server: it must not follow an address that someone else has put in.
  if (
    before === undefined ||
    serverOf(before.type, before.base_url) !== serverOf(change.type, change.baseUrl)
  ) {
    throw fail(
      settings,
      "invalid",
      "The address is another one, so enter the key again, or an empty one to remove it.",
    );
  }
  return kept;
}

function storedKey(provider: FileProvider | undefined): StoredKey | null {
  if (provider?.api_key !== undefined) return { api_key: provider.api_key };
  if (provider?.api_key_sealed !== undefined) return { api_key_sealed: provider.api_key_sealed };
  return null;
}

function serverOf(type: string, baseUrl: string | null | undefined): string {
  return `${type} ${baseUrl ? new URL(baseUrl).origin : ""}`;
}
