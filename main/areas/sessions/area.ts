import { defineModule } from "../module.ts";
import { sessions } from "./contract.ts";
import { sessionMigrations } from "./migrations.ts";
import { createSessionRoutes } from "./routes.ts";
import { createSessionService } from "./service.ts";
import { createSessionStore } from "./store/session-store.ts";

export const sessionsArea = defineModule({
  contract: sessions,
  migrations: sessionMigrations,
  growingTables: ["sessions", "messages", "compactions", "session_tags"],
  create(context) {
    const service = createSessionService({ ...context, store: createSessionStore(context, context.clock) });
    return {
      service,
      routes: createSessionRoutes(service),
      capabilities: ["sessions"],
      stop: () => service.stop(),
    };
  },
});
