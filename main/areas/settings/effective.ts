import { homedir } from "node:os";
import { join, normalize } from "node:path";
import type { Settings } from "./contract.ts";
import { PLAYBOOK, type SettingsFile } from "./file.ts";
import { effectiveProviders, type DiscoveredProvider, type Environment } from "./providers.ts";

/** What command line flags say goes before the file, for as long as the daemon runs. */
export interface SettingsOverrides {
  readonly workspace?: string;
  readonly permissionTimeout?: string;
}

export interface Surroundings {
  readonly defaultWorkspace: string;
  readonly overrides: SettingsOverrides;
  readonly discovered: readonly DiscoveredProvider[];
  readonly environment: Environment;
}

export const DEFAULT_TIMEOUT = "10m";

/** The settings as they hold: the file, and for what it does not say the defaults. */
export function effectiveSettings(file: SettingsFile, around: Surroundings): Settings {
  const { coding, permissions, notifications } = file;
  return {
    defaultProvider: file.default_provider ?? PLAYBOOK,
    providers: effectiveProviders(file, around.discovered, around.environment),
    workspace: expandHome(around.overrides.workspace ?? file.workspace ?? around.defaultWorkspace),
    coding: {
      enabled: coding?.enabled ?? true,
      allowOverwrite: coding?.allow_overwrite ?? false,
      allowBinaries: coding?.allow_binaries ?? [],
    },
    permissions: {
      timeout: around.overrides.permissionTimeout ?? permissions?.timeout ?? DEFAULT_TIMEOUT,
      defaultTier: permissions?.default_tier ?? "prompt",
      channels: permissions?.channels ?? {},
    },
    notifications: {
      enabled: notifications?.enabled ?? true,
      sound: notifications?.sound ?? false,
      privacy: notifications?.privacy ?? false,
      quietFrom: notifications?.quiet_from ?? null,
      quietUntil: notifications?.quiet_until ?? null,
      runEnded: notifications?.run_ended ?? false,
      popup: notifications?.popup ?? true,
    },
  };
}

export function expandHome(path: string): string {
  if (path === "~") return homedir();
  return normalize(/^~[\\/]/.test(path) ? join(homedir(), path.slice(2)) : path);
}
