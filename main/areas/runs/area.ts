import type * as z from "zod";
import { defineModule } from "../module.ts";
import type { OpenStreams } from "../../kernel/open-streams.ts";
import type { ToolCatalog } from "../catalogs/tools/tool.ts";
import type { MemoryContext } from "../memories/service.ts";
import type { PermissionService } from "../permissions/service.ts";
import type { SessionService } from "../sessions/service.ts";
import type { SettingsService } from "../settings/service.ts";
import type { UsageService } from "../usage/service.ts";
import { run } from "./commands/run.ts";
import { fail } from "../../contract/fail.ts";
import type { RunId } from "../../contract/ids.ts";
import { runs, type RunProgress } from "./contract.ts";
import { createArchiver } from "./archive/archiver.ts";
import { createEventLog, type EventBatch } from "./event-log.ts";
import { createArchiveStore } from "./store/archive-store.ts";
import { createEventStore } from "./store/event-store.ts";
import { createFirstTold } from "./first-told.ts";
import { runMigrations } from "./migrations.ts";
import { createModelResolver, type CreateModel } from "./model-resolver.ts";
import { workFolder } from "./work-folder.ts";
import { createRunRoutes } from "./routes.ts";
import { createRunService, type RunService } from "./service.ts";
import { createRunStore } from "./store/run-store.ts";

export interface RunNeeds {
  readonly settings: Pick<SettingsService, "resolveProvider" | "workspace">;
  readonly sessions: SessionService;
  readonly permissions: PermissionService;
  readonly tools: ToolCatalog;
  readonly usage: UsageService;
  readonly memories: MemoryContext;
  /** A run ends with the key it was started with. */
  readonly openStreams: OpenStreams;
  readonly createModel: CreateModel;
  /** What every model is told first. */
  readonly systemPrompt: (workspace: string) => string | Promise<string>;
}

const progress = new WeakMap<EventBatch, z.infer<typeof RunProgress>>();

/** Followers share a batch, and so what they are told. */
function progressOf(runId: RunId, batch: EventBatch): z.infer<typeof RunProgress> {
  let frame = progress.get(batch);
  if (frame === undefined) {
    frame = { runId, events: [...batch.events] };
    progress.set(batch, frame);
  }
  return frame;
}

export const runsArea = defineModule({
  contract: runs,
  migrations: runMigrations,
  growingTables: ["runs", "run_events", "run_archives"],
  commands: [run],
  create(context, needs: RunNeeds) {
    const { db, commit, clock, report } = context;
    const { settings, sessions, permissions, tools, usage, openStreams } = needs;
    const store = createRunStore(context, clock);
    const eventStore = createEventStore(db, (id) => permissions.onRecord(id));
    const archive = createArchiveStore(db);
    const archiver = createArchiver({ store: archive, commit, clock, report });
    const toolEndListeners: ((tookMs: number) => void)[] = [];
    const service: RunService & { onToolEnd(listener: (tookMs: number) => void): void } = {
      ...createRunService({
        ...context,
        store,
        eventStore,
        log: createEventLog({ store: eventStore, commit, clock, report }),
        sessions,
        permissions,
        tools,
        usage,
        openStreams,
        firstTold: createFirstTold(needs.systemPrompt, needs.memories),
        workspace: (own) => workFolder(own, () => settings.workspace()),
        resolveModel: createModelResolver((alias) => settings.resolveProvider(alias), needs.createModel),
        onRunEnd: archiver.due,
        onToolEnd: (tookMs) => toolEndListeners.forEach((listener) => listener(tookMs)),
      }),
      onToolEnd: (listener) => void toolEndListeners.push(listener),
    };
    return {
      service,
      routes: createRunRoutes(service, sessions),
      streams: {
        follow({ id, after }, follower) {
          const following = service.follow(id, after, {
            push: (batch) => follower.push(progressOf(id, batch), String(batch.lastSeq)),
            end: () => follower.end(),
          });
          if (following === null) throw fail(runs, "not_found", "There is no such run.");
          return following;
        },
      },
      kept: [
        {
          kind: "runLogs",
          tables: ["run_events", "run_archives"],
          letGo: (before) => commit.erasing(() => archive.removeOldest(before)),
        },
      ],
      capabilities: ["runs", "events", "run_list", "detached_runs"],
      stop() {
        archiver.stop();
        return service.stop();
      },
    };
  },
});
