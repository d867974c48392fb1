import type { Routes } from "../../contract/define.ts";
import { fail } from "../../contract/fail.ts";
import type { Principal } from "../../contract/principal.ts";
import type { Loosen } from "../../kernel/loosening.ts";
import { settings } from "./contract.ts";
import type { SettingsService } from "./service.ts";

type Change = Parameters<SettingsService["looseningOf"]>[0];

export function createSettingsRoutes(service: SettingsService, loosen: Loosen): Routes<typeof settings> {
  /** Made at once, unless it lets through more than before: then the gate is asked. */
  const guarded = <T>(change: Change, principal: Principal, apply: () => Promise<T>): Promise<T> => {
    const sentences = service.looseningOf(change);
    if (sentences.length === 0) return apply();
    return loosen({ act: "change the settings", sentences }, principal, () => {
      // Somebody may have thought for a while: what was said yes to is what is done.
      if (service.looseningOf(change).join("\n") === sentences.join("\n")) return apply();
      throw fail(
        settings,
        "changed",
        "The settings have changed meanwhile, so the same change would do something else.",
      );
    });
  };

  return {
    getSettings() {
      service.lookForModels();
      return service.current();
    },
    changeSettings: async (input, principal) =>
      guarded({ settings: input }, principal, () => service.change(input)),
    saveProvider: async (input, principal) =>
      guarded({ provider: input }, principal, () => service.saveProvider(input)),
    removeProvider: ({ alias }) => service.removeProvider(alias),
    testProvider: ({ alias }) => service.testProvider(alias),
  };
}
