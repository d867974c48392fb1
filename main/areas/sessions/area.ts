import type { LooseningGate } from "../../kernel/loosening.ts";
import { wordIndexTables } from "../../kernel/word-index.ts";
import { defineModule } from "../module.ts";
import type { SettingsService } from "../settings/service.ts";
import { sessionsCommand } from "./commands/sessions.ts";
import { sessions } from "./contract.ts";
import { letGoOfOldest } from "./let-go.ts";
import { sessionMigrations } from "./migrations.ts";
import { createSessionRoutes } from "./routes.ts";
import { createSessionService } from "./service.ts";
import { createOldestSessions } from "./store/oldest-sessions.ts";
import { createSessionStore } from "./store/session-store.ts";
import { createWorkFolders } from "./work-folders.ts";

export interface SessionNeeds {
  readonly settings: Pick<SettingsService, "workspace">;
  readonly loosening: Pick<LooseningGate, "loosen">;
}

export const sessionsArea = defineModule({
  contract: sessions,
  migrations: sessionMigrations,
  growingTables: ["sessions", "messages", "compactions", "session_tags"],
  commands: [sessionsCommand],
  create(context, { settings, loosening }: SessionNeeds) {
    const service = createSessionService({
      ...context,
      store: createSessionStore(context, context.clock),
      folders: createWorkFolders((...loosened) => loosening.loosen(...loosened)),
      usualFolder: () => settings.workspace(),
    });
    const oldest = createOldestSessions(context.db);
    return {
      service,
      routes: createSessionRoutes(service),
      kept: [
        {
          kind: "sessions",
          tables: [
            "sessions",
            "messages",
            "compactions",
            "session_tags",
            "session_deletions",
            "runs",
            ...wordIndexTables("sessions_words"),
            ...wordIndexTables("runs_words"),
          ],
          letGo: (before) => letGoOfOldest(oldest, service, before),
        },
      ],
      capabilities: ["sessions"],
      stop: () => service.stop(),
    };
  },
});
