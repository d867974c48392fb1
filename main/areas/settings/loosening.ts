import { relative, isAbsolute } from "node:path";
import type { SettingsSection } from "../../contract/settings-section.ts";
import type { OwnSettings, Provider } from "./contract.ts";
import type { CurrentSettings } from "./effective.ts";

/** What a change of the settings lets through that was not let through before: a sentence each, for a person. */
export function looseningOf(
  sections: readonly SettingsSection[],
  before: CurrentSettings,
  after: CurrentSettings,
): string[] {
  return [
    ...sections.flatMap(
      ({ name, loosens }) => loosens?.(valuesAt(before, name), valuesAt(after, name)) ?? [],
    ),
    ...loosenedWorkspace(before, after),
    ...after.providers.flatMap((provider) => loosenedProvider(before, provider)),
    ...loosenedDefault(before, after),
  ];
}

const valuesAt = (settings: CurrentSettings, name: string) => settings[name] as Record<string, unknown>;

function isInside(folder: string, outer: string): boolean {
  const way = relative(outer, folder);
  return !isAbsolute(way) && way !== ".." && !/^\.\.[\\/]/.test(way);
}

function loosenedWorkspace(before: OwnSettings, after: OwnSettings): string[] {
  if (isInside(after.workspace, before.workspace)) return [];
  return [`Agents would work in ${after.workspace} instead of ${before.workspace}.`];
}

/** A key goes wherever the address points, and the name of a variable can be that of any secret. */
function loosenedProvider({ providers }: OwnSettings, after: Provider): string[] {
  const before = providers.find(({ alias }) => alias === after.alias);
  const server = after.baseUrl ?? `the servers of ${after.type}`;
  const isSameServer = before?.type === after.type && before.baseUrl === after.baseUrl;
  if (after.apiKeyEnv !== null && !(isSameServer && before.apiKeyEnv === after.apiKeyEnv)) {
    return [`What the environment variable ${after.apiKeyEnv} holds would be sent to ${server}.`];
  }
  if (isSameServer || after.source !== "settings" || after.type === "playbook") return [];
  // A new provider comes with a key of its own.
  if (before?.hasKey === true && after.hasKey) {
    return [`The key of the provider "${after.alias}" would be sent to ${server}.`];
  }
  return [`What agents are told and read could be sent to ${server}.`];
}

/** Every run that names no provider goes there. */
function loosenedDefault(before: OwnSettings, after: OwnSettings): string[] {
  const chosen = after.providers.find(({ alias }) => alias === after.defaultProvider);
  if (after.defaultProvider === before.defaultProvider || chosen === undefined || chosen.type === "playbook")
    return [];
  return [`What agents are told and read would be sent to the provider "${chosen.alias}".`];
}
