import { defineModule } from "../module.ts";
import type { QuestionService } from "../questions/service.ts";
import type { SettingsService } from "../settings/service.ts";
import { usage, usageSettings, type PriceList } from "./contract.ts";
import { usageMigrations } from "./migrations.ts";
import { createUsageRoutes } from "./routes.ts";
import { createUsageService } from "./service.ts";
import { createUsageStore } from "./store.ts";

export interface UsageNeeds {
  readonly settings: SettingsService;
  /** What models cost as far as Gatehouse knows. */
  readonly priceList: PriceList;
  readonly questions: Pick<QuestionService, "askHere">;
}

export const usageArea = defineModule({
  contract: usage,
  migrations: usageMigrations,
  growingTables: ["usage_days", "run_costs"],
  create(context, { settings, priceList, questions }: UsageNeeds) {
    const service = createUsageService({
      store: createUsageStore(context),
      clock: context.clock,
      commit: context.commit,
      publish: context.publish,
      questions,
      settings: () => settings.section(usageSettings),
      priceList,
    });
    return { service, routes: createUsageRoutes(service), capabilities: ["usage"] };
  },
});
