import type { BackupKeeper } from "../../kernel/backup-keeper.ts";
import { defineModule } from "../module.ts";
import type { SettingsService } from "../settings/service.ts";
import { retention, retentionSettings } from "./contract.ts";
import { retentionMigrations } from "./migrations.ts";
import { createRetentionRoutes } from "./routes.ts";
import { createRetentionService } from "./service.ts";
import { createSizeStore } from "./store.ts";
import { createSweeper } from "./sweeper.ts";

export interface RetentionNeeds {
  readonly settings: Pick<SettingsService, "section">;
  readonly backups: Pick<BackupKeeper, "tableSizes">;
}

export const retentionArea = defineModule({
  contract: retention,
  migrations: retentionMigrations,
  create(context, { settings, backups }: RetentionNeeds) {
    const { commit, clock, publish, report, kept } = context;
    const store = createSizeStore(context.db);
    const section = () => settings.section(retentionSettings);
    const service = createRetentionService({
      store,
      sweeper: createSweeper({ kept, settings: section, store, commit, clock }),
      kept,
      tableSizes: () => backups.tableSizes(),
      commit,
      clock,
      publish,
      report,
    });
    return { service, routes: createRetentionRoutes(service), stop: () => service.stop() };
  },
});
