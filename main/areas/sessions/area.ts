import { defineModule } from "../module.ts";
import { sessions } from "./contract.ts";
import { sessionMigrations } from "./migrations.ts";
import { createSessionRoutes } from "./routes.ts";
import { createSessionService } from "./service.ts";
import { createSessionStore } from "./store.ts";

export const sessionsArea = defineModule({
  contract: sessions,
  migrations: sessionMigrations,
  growingTables: ["sessions", "messages", "compactions"],
  create(context) {
    const { clock, publish } = context;
    const service = createSessionService({ store: createSessionStore(context, clock), clock, publish });
    return { service, routes: createSessionRoutes(service), capabilities: ["sessions"] };
  },
});
