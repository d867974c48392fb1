import type { Routes } from "../../contract/define.ts";
import type { settings } from "./contract.ts";
import type { SettingsService } from "./service.ts";

export function createSettingsRoutes(service: SettingsService): Routes<typeof settings> {
  return {
    getSettings() {
      service.lookForModels();
      return service.current();
    },
    changeSettings: (input) => service.change(input),
    saveProvider: (input) => service.saveProvider(input),
    removeProvider: ({ alias }) => service.removeProvider(alias),
    testProvider: ({ alias }) => service.testProvider(alias),
  };
}
