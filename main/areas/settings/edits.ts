import type * as z from "zod";
import { fail } from "../../contract/fail.ts";
import { settings } from "./contract.ts";
import { PLAYBOOK, type FileProvider, type SettingsFile } from "./file.ts";
import type { SecretBox } from "./secret-box.ts";

export type SettingsChange = z.output<typeof settings.endpoints.changeSettings.input>;
export type ProviderChange = z.output<typeof settings.endpoints.saveProvider.input>;

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without the keys that say nothing, so that a change leaves them alone. */
function defined<T extends object>(given: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<
    Defined<T>
  >;
}

/** The file after a change of settings; sections and keys that the change does not name stay as they are. */
export function withChange(file: SettingsFile, change: SettingsChange): SettingsFile {
  const { coding, permissions, notifications } = change;
  return {
    ...file,
    ...defined({ default_provider: change.defaultProvider, workspace: change.workspace }),
    ...(coding && {
      coding: {
        ...file.coding,
        ...defined({
          enabled: coding.enabled,
          allow_overwrite: coding.allowOverwrite,
          allow_binaries: coding.allowBinaries,
        }),
      },
    }),
    ...(permissions && {
      permissions: {
        ...file.permissions,
        ...defined({
          timeout: permissions.timeout,
          default_tier: permissions.defaultTier,
          channels: permissions.channels,
        }),
      },
    }),
    ...(notifications && {
      notifications: {
        ...file.notifications,
        ...defined({
          enabled: notifications.enabled,
          sound: notifications.sound,
          privacy: notifications.privacy,
          quiet_from: notifications.quietFrom,
          quiet_until: notifications.quietUntil,
          run_ended: notifications.runEnded,
          popup: notifications.popup,
        }),
      },
    }),
  };
}

/** The file with one provider added or replaced, in its place. */
export function withProvider(file: SettingsFile, change: ProviderChange, secrets: SecretBox): SettingsFile {
  const providers = file.providers ?? [];
  const before = providers.find(({ alias }) => alias === change.alias);
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
  return {
    ...file,
    providers:
      before === undefined ? [...providers, saved] : providers.map((p) => (p === before ? saved : p)),
  };
}

export function withoutProvider(file: SettingsFile, alias: string): SettingsFile {
  const providers = (file.providers ?? []).filter((provider) => provider.alias !== alias);
  return file.default_provider === alias
    ? { ...file, providers, default_provider: PLAYBOOK }
    : { ...file, providers };
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
