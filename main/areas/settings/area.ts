import type { Routes } from "../../contract/define.ts";
import type { SettingsSection } from "../../contract/settings-section.ts";
import { defineModule } from "../module.ts";
import { createProviderCheck } from "./checks/provider.ts";
import { createSettingsFileCheck } from "./checks/settings-file.ts";
import { settingsContract } from "./contract.ts";
import { createSettingsRoutes } from "./routes.ts";
import { createSettingsService, type SettingsDeps } from "./service.ts";

/** Where the settings come from and what the providers in them are. */
export type SettingsSource = Omit<SettingsDeps, "sections" | "clock" | "publish" | "reportProblem">;

/** The settings with the sections that other areas declare. */
export function createSettingsArea<S extends SettingsSection>(sections: readonly S[]) {
  const contract = settingsContract(sections);
  return defineModule({
    contract,
    create({ clock, publish, report }, { settingsSource }: { readonly settingsSource: SettingsSource }) {
      const service = createSettingsService({
        ...settingsSource,
        sections,
        clock,
        publish: publish as SettingsDeps["publish"],
        reportProblem: report,
      });
      return {
        service,
        // What the service answers was read by the sections of which the contract is made.
        routes: createSettingsRoutes(service) as Routes<typeof contract>,
        checks: [createSettingsFileCheck(service), createProviderCheck(service)],
        stop: () => service.close(),
      };
    },
  });
}
