import type { OpenStreams } from "../../kernel/open-streams.ts";
import type { OpenToolCatalog } from "../catalogs/tools/tool.ts";
import { defineModule } from "../module.ts";
import { permissionSettings, permissionTimeoutMs } from "../permissions/settings/contract.ts";
import type { PermissionService } from "../permissions/service.ts";
import type { SettingsService } from "../settings/service.ts";
import { createAskPersonTool } from "./ask-person.ts";
import { answer } from "./commands/answer.ts";
import { questions as list } from "./commands/questions.ts";
import { questions } from "./contract.ts";
import { questionMigrations } from "./migrations.ts";
import { createQuestionRoutes } from "./routes.ts";
import { createQuestionService } from "./service.ts";
import { createQuestionStore } from "./store.ts";

export interface QuestionNeeds {
  readonly settings: Pick<SettingsService, "section">;
  readonly permissions: Pick<PermissionService, "ledgerRow">;
  readonly tools: Pick<OpenToolCatalog, "offer">;
  readonly openStreams: OpenStreams;
}

export const questionsArea = defineModule({
  contract: questions,
  migrations: questionMigrations,
  growingTables: ["questions"],
  commands: [list, answer],
  create(context, { settings, permissions, tools, openStreams }: QuestionNeeds) {
    const store = createQuestionStore(context.db);
    const service = createQuestionService({
      ...context,
      store,
      openStreams,
      ledgerRow: permissions.ledgerRow,
      timeoutMs: () => permissionTimeoutMs(settings.section(permissionSettings)),
    });
    const offered = [createAskPersonTool(service)];
    tools.offer("last", () => offered);
    return {
      service,
      routes: createQuestionRoutes(service),
      kept: [
        {
          kind: "decisions",
          tables: ["questions"],
          letGo: (before) => context.commit.erasing(() => store.removeOldest(before)),
        },
      ],
      capabilities: ["questions"],
      stop: () => service.stop(),
    };
  },
});
