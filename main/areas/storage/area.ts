import type { BackupKeeper } from "../../kernel/backup-keeper.ts";
import type { LooseningPort } from "../../kernel/loosening.ts";
import { defineModule } from "../module.ts";
import { createRecordCheck } from "./checks/record.ts";
import { backups } from "./commands/backups.ts";
import { restore } from "./commands/restore.ts";
import { storage } from "./contract.ts";
import { createStorageRoutes } from "./routes.ts";
import { createStorageService } from "./service.ts";
import { createIncidentStore } from "./store.ts";

export interface StorageNeeds {
  readonly backups: BackupKeeper;
  readonly loosening: LooseningPort;
  readonly restart: (() => void) | null;
}

export const storageArea = defineModule({
  contract: storage,
  commands: [backups, restore],
  create(context, { backups: keeper, loosening, restart }: StorageNeeds) {
    const { loosen } = loosening;
    const service = createStorageService({
      ...context,
      store: createIncidentStore(context.db),
      backups: keeper,
      loosen,
      restart,
    });
    return {
      service,
      routes: createStorageRoutes(service),
      checks: [createRecordCheck(service.status, () => context.clock.now())],
      stop: () => keeper.stop(),
    };
  },
});
