import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { failed, ok, warning, type Check } from "../../../../kernel/check.ts";
import type { SettingsService } from "../../../settings/service.ts";
import { codingSettings } from "../settings/contract.ts";

export function createWorkspaceCheck(settings: SettingsService): Check {
  return {
    name: "workspace",
    title: "Workspace",
    async run() {
      const { workspace } = settings.current();
      if (!settings.section(codingSettings).enabled)
        return ok("Coding tools are off, so no folder is needed.");
      const found = await stat(workspace).catch(() => null);
      if (found === null)
        return failed(
          `There is no folder ${workspace}.`,
          "Create it, or choose another one in the settings.",
        );
      if (!found.isDirectory())
        return failed(`${workspace} is not a folder.`, "Choose a folder in the settings.");
      const isWritable = await access(workspace, constants.W_OK).then(
        () => true,
        () => false,
      );
      if (!isWritable)
        return warning(
          `${workspace} can be read only.`,
          "Agents can't change files there; choose another folder or change its rights.",
        );
      return ok(workspace);
    },
  };
}
