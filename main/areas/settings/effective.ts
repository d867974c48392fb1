import { homedir } from "node:os";
import { join, normalize } from "node:path";
import type { SettingsSection } from "../../contract/settings-section.ts";
import type { OwnSettings } from "./contract.ts";
import type { SettingsChange } from "./edits.ts";
import { PLAYBOOK, type SettingsFile } from "./file.ts";
import { effectiveProviders, type DiscoveredProvider, type Environment } from "./providers.ts";
import { inFile, spelledForUs } from "./spelling.ts";

/** Own settings and, under their names, the values of every section. */
export type CurrentSettings = OwnSettings & Readonly<Record<string, unknown>>;

export interface Surroundings {
  readonly sections: readonly SettingsSection[];
  readonly defaultWorkspace: string;
  /** What command line flags say goes before the file, for as long as the daemon runs. */
  readonly overrides: SettingsChange;
  readonly discovered: readonly DiscoveredProvider[];
  readonly environment: Environment;
}

/** The settings as they hold: the file, and for what it does not say the defaults. */
export function effectiveSettings(file: SettingsFile, around: Surroundings): CurrentSettings {
  const { overrides } = around;
  return {
    defaultProvider: file.default_provider ?? PLAYBOOK,
    providers: effectiveProviders(file, around.discovered, around.environment),
    workspace: expandHome(overrides.workspace ?? file.workspace ?? around.defaultWorkspace),
    ...Object.fromEntries(
      around.sections.map(({ name, schema }) => [
        name,
        schema.parse({
          ...spelledForUs(objectAt(file, inFile(name)), Object.keys(schema.shape)),
          ...objectAt(overrides, name),
        }),
      ]),
    ),
  };
}

function objectAt(values: Readonly<Record<string, unknown>>, key: string): object {
  const found = values[key];
  return typeof found === "object" && found !== null ? found : {};
}

export function expandHome(path: string): string {
  if (path === "~") return homedir();
  return normalize(/^~[\\/]/.test(path) ? join(homedir(), path.slice(2)) : path);
}
