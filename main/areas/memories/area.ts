import type { OpenToolCatalog } from "../catalogs/tools/tool.ts";
import { defineModule } from "../module.ts";
import type { PermissionService } from "../permissions/service.ts";
import type { SettingsService } from "../settings/service.ts";
import { memoriesCommand } from "./commands/memories.ts";
import { createMemoryContext } from "./context.ts";
import { memories } from "./contract.ts";
import { createSecretGuard } from "./keeping.ts";
import { memoryMigrations } from "./migrations.ts";
import { createRemember } from "./remember.ts";
import { createMemoryRoutes } from "./routes.ts";
import { createMemoryService } from "./service.ts";
import { memorySettings } from "./settings/contract.ts";
import { createMemoryStore } from "./store/memory-store.ts";
import { createMemoryTransfer } from "./transfer.ts";

export interface MemoryNeeds {
  readonly settings: Pick<SettingsService, "section">;
  readonly permissions: Pick<PermissionService, "ask">;
  readonly tools: OpenToolCatalog;
}

export const memoriesArea = defineModule({
  contract: memories,
  migrations: memoryMigrations,
  commands: [memoriesCommand],
  growingTables: ["memories", "memory_tags", "memory_revisions", "deleted_memories", "memory_uses"],
  create(context, { settings, permissions, tools }: MemoryNeeds) {
    const section = () => settings.section(memorySettings);
    const store = createMemoryStore(context, context.clock);
    const crud = createMemoryService({ ...context, store, secrets: createSecretGuard(permissions) });
    const service = { ...crud, ...createMemoryContext({ ...context, store, settings: section }) };
    const remember = createRemember(service, section);
    tools.offer("first", () => (section().enabled ? [remember] : []));
    return {
      service,
      routes: createMemoryRoutes(service, createMemoryTransfer({ ...context, store })),
      capabilities: ["memories", "memory_forget"],
    };
  },
});
