import { stat } from "node:fs/promises";
import type { SettingsService } from "../service.ts";
import { failed, ok, warning, type Check } from "../../../kernel/check.ts";

export function createSettingsFileCheck(settings: SettingsService): Check {
  return {
    name: "settings",
    title: "Settings file",
    async run() {
      const problem = settings.problem();
      if (problem !== null) {
        return failed(
          problem,
          "Correct that line and save; until then the settings from before stay in use.",
        );
      }
      const found = await stat(settings.path).catch(() => null);
      if (found === null) return ok("There is none; the defaults are in use.");
      // Windows keeps no such bits.
      if (process.platform !== "win32" && (found.mode & 0o077) !== 0) {
        return warning(
          "Other users of this machine can read the settings, and with them any key.",
          `Run: chmod 600 "${settings.path}"`,
        );
      }
      return ok("In use.");
    },
  };
}
