import type { Routes } from "../../contract/define.ts";
import type { SettingsSection } from "../../contract/settings-section.ts";
import type { LooseningPort } from "../../kernel/loosening.ts";
import { defineModule } from "../module.ts";
import { createProviderCheck } from "./checks/provider.ts";
import { createSettingsFileCheck } from "./checks/settings-file.ts";
import { settingsContract } from "./contract.ts";
import { createSettingsRoutes } from "./routes.ts";
import { createSettingsService, type SettingsDeps } from "./service.ts";

/** Where the settings come from and what the providers in them are. */
export type SettingsSource = Omit<
  SettingsDeps,
  "sections" | "clock" | "publish" | "reportProblem" | "loosenedByHand"
>;

export interface SettingsNeeds {
  readonly settingsSource: SettingsSource;
  readonly loosening: LooseningPort;
}

/** The settings with the sections that other areas declare. */
export function createSettingsArea<S extends SettingsSection>(sections: readonly S[]) {
  const contract = settingsContract(sections);
  return defineModule({
    contract,
    create({ clock, publish, report }, { settingsSource, loosening }: SettingsNeeds) {
      const service = createSettingsService({
        ...settingsSource,
        sections,
        clock,
        publish: publish as SettingsDeps["publish"],
        reportProblem: report,
        loosenedByHand: (sentences) => loosening.note({ act: "change the settings by hand", sentences }),
      });
      return {
        service,
        // What the service answers was read by the sections of which the contract is made.
        routes: createSettingsRoutes(service, loosening.loosen) as Routes<typeof contract>,
        checks: [createSettingsFileCheck(service), createProviderCheck(service)],
        stop: () => service.close(),
      };
    },
  });
}
