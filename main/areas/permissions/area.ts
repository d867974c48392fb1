import type { OpenStreams } from "../../kernel/open-streams.ts";
import type { LooseningPort } from "../../kernel/loosening.ts";
import { wordIndexTables } from "../../kernel/word-index.ts";
import { defineModule } from "../module.ts";
import type { SettingsService } from "../settings/service.ts";
import { approve, deny } from "./commands/decide.ts";
import { grants } from "./commands/grants.ts";
import { pending } from "./commands/pending.ts";
import { createWaitingRequestsCheck } from "./checks/waiting-requests.ts";
import { permissions } from "./contract.ts";
import { createGrantBook } from "./grant-book.ts";
import { permissionMigrations } from "./migrations.ts";
import { createPermissionRoutes } from "./routes.ts";
import { createPermissionService } from "./service.ts";
import { permissionSettings, permissionTimeoutMs } from "./settings/contract.ts";
import { createPermissionStore } from "./store.ts";

export interface PermissionNeeds {
  readonly settings: Pick<SettingsService, "section">;
  readonly loosening: LooseningPort;
  readonly openStreams: OpenStreams;
}

export const permissionsArea = defineModule({
  contract: permissions,
  migrations: permissionMigrations,
  growingTables: ["permission_requests", "decisions"],
  commands: [pending, approve, deny, grants],
  create(context, { settings, loosening, openStreams }: PermissionNeeds) {
    const { commit, clock, publish } = context;
    const store = createPermissionStore(context, clock);
    const service = createPermissionService({
      ...context,
      store,
      openStreams,
      grants: createGrantBook({ store, commit, clock, publish }),
      rules() {
        const section = settings.section(permissionSettings);
        return { ...section, timeoutMs: permissionTimeoutMs(section) };
      },
    });
    loosening.askedOf({ ...service.loosening, forgetKey: service.forgetKey });
    return {
      service,
      routes: createPermissionRoutes(service),
      checks: [createWaitingRequestsCheck(() => service.pending(), clock)],
      kept: [
        {
          kind: "decisions",
          tables: ["decisions", "permission_requests", ...wordIndexTables("decisions_words")],
          letGo: (before) => commit.erasing(() => store.removeOldest(before)),
        },
      ],
      capabilities: ["permissions", "permission_grants"],
    };
  },
});
