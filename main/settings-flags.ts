import { permissionSettings } from "./areas/permissions/settings/contract.ts";
import type { SettingsChange } from "./areas/settings/edits.ts";

/** What the command line says about settings: it goes before the file for as long as the daemon runs. */
export function settingsFromFlags(flags: {
  readonly work: string | undefined;
  readonly permissionTimeout: string | undefined;
}): SettingsChange {
  const { work, permissionTimeout: timeout } = flags;
  if (timeout !== undefined && !permissionSettings.schema.shape.timeout.safeParse(timeout).success) {
    throw new Error(
      `--permission-timeout takes a duration such as 10m or 1h30m, or 0 for no limit, not "${timeout}"`,
    );
  }
  return {
    ...(work !== undefined && { workspace: work }),
    ...(timeout !== undefined && { permissions: { timeout } }),
  };
}
