import { defineModule } from "../module.ts";
import { createProviderCheck } from "./checks/provider.ts";
import { createSettingsFileCheck } from "./checks/settings-file.ts";
import { createWorkspaceCheck } from "./checks/workspace.ts";
import { settings } from "./contract.ts";
import { createSettingsRoutes } from "./routes.ts";
import { createSettingsService, type SettingsDeps } from "./service.ts";

/** Where the settings come from and what the providers in them are. */
export type SettingsSource = Omit<SettingsDeps, "clock" | "publish" | "reportProblem">;

export const settingsArea = defineModule({
  contract: settings,
  create({ clock, publish, report }, { settingsSource }: { readonly settingsSource: SettingsSource }) {
    const service = createSettingsService({ ...settingsSource, clock, publish, reportProblem: report });
    return {
      service,
      routes: createSettingsRoutes(service),
      checks: [createSettingsFileCheck(service), createWorkspaceCheck(service), createProviderCheck(service)],
      stop: () => service.close(),
    };
  },
});
