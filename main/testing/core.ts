import type { ToolCatalog } from "../areas/catalogs/tools/tool.ts";
import { createGrantBook } from "../areas/permissions/grant-book.ts";
import type { PolicyRules } from "../areas/permissions/policy.ts";
import { createPermissionService, type PermissionService } from "../areas/permissions/service.ts";
import { createPermissionStore } from "../areas/permissions/store.ts";
import { createEventLog, type EventLog } from "../areas/runs/event-log.ts";
import type { ScriptedModel } from "../areas/runs/loop/testing/scripted-model.ts";
import { createScriptedModel, says } from "../areas/runs/loop/testing/scripted-model.ts";
import { createRunService, type RunService } from "../areas/runs/service.ts";
import { createRunStore, type RunStore } from "../areas/runs/store.ts";
import { createSessionService, type SessionService } from "../areas/sessions/service.ts";
import { createSessionStore, type SessionStore } from "../areas/sessions/store.ts";
import { createBus, type Bus, type BusEvent } from "../kernel/bus.ts";
import { openDatabase, type SqliteDatabase } from "../kernel/database.ts";
import { createGroupCommit, type GroupCommit } from "../kernel/group-commit.ts";
import { migrations } from "../migrations.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { createRecordingTool, type RecordingTool } from "./recording-tool.ts";

export interface CoreOptions {
  /** Absent: a new one in memory. Give the same one twice for a daemon that comes back after a crash. */
  readonly db?: SqliteDatabase;
  readonly clock?: FakeClock;
  readonly rules?: Partial<PolicyRules & { readonly timeoutMs: number | null }>;
  readonly tools?: readonly RecordingTool[];
  readonly model?: ScriptedModel;
  readonly workspace?: () => string;
}

/** The daemon's inside, as `compose.ts` puts it together, with a clock that stands still and no surface. */
export interface Core {
  readonly db: SqliteDatabase;
  readonly clock: FakeClock;
  readonly commit: GroupCommit;
  readonly bus: Bus;
  readonly sessions: SessionService;
  readonly sessionStore: SessionStore;
  readonly permissions: PermissionService;
  readonly runStore: RunStore;
  readonly log: EventLog;
  readonly runs: RunService;
  readonly published: readonly BusEvent[];
  readonly reported: readonly unknown[];
  /** Payloads of one kind of announcement, in order. */
  payloads<T>(type: string): T[];
}

export const WORKSPACE = "/code/app";

export function createCore(options: CoreOptions = {}): Core {
  const db = options.db ?? openDatabase(":memory:", migrations);
  const clock = options.clock ?? createFakeClock();
  const reported: unknown[] = [];
  const report = (error: unknown) => void reported.push(error);
  const published: BusEvent[] = [];
  const bus = createBus(report);
  bus.subscribe((event) => published.push(event));
  const commit = createGroupCommit(db, report);
  const publish = bus.publish;

  const sessionStore = createSessionStore(db, clock);
  const sessions = createSessionService({ store: sessionStore, clock, publish });
  const permissionStore = createPermissionStore(db, clock);
  const permissions = createPermissionService({
    store: permissionStore,
    grants: createGrantBook({ store: permissionStore, commit, clock, publish }),
    commit,
    clock,
    publish,
    report,
    rules: () => ({ defaultTier: "prompt", channels: {}, timeoutMs: 600_000, ...options.rules }),
  });
  const model = options.model ?? createScriptedModel([says("hello")]);
  const runStore = createRunStore(db, clock);
  const log = createEventLog({ store: runStore, commit, clock, report });
  const runs = createRunService({
    store: runStore,
    log,
    commit,
    clock,
    publish,
    report,
    sessions,
    permissions,
    tools: catalogOf(options.tools ?? [createRecordingTool("side_effect")]),
    workspace: options.workspace ?? (() => WORKSPACE),
    resolveModel: (alias, modelName) => {
      if (alias !== undefined && alias !== "scripted") throw new Error(`no provider ${alias}`);
      return { model, alias: "scripted", modelName: modelName ?? "m" };
    },
    systemPrompt: () => "",
    onToolEnd: () => {},
  });

  return {
    db,
    clock,
    commit,
    bus,
    sessions,
    sessionStore,
    permissions,
    runStore,
    log,
    runs,
    published,
    reported,
    payloads: <T>(type: string) =>
      published.filter((event) => event.type === type).map((event) => event.payload as T),
  };
}

function catalogOf(tools: readonly RecordingTool[]): ToolCatalog {
  return { list: () => tools, find: (name) => tools.find((tool) => tool.info.name === name) };
}

/** What goes on in promises goes on, what that queues is committed, and who waits for it is told. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

/** Lets turns pass until `condition` holds. Real time plays no part in it. */
export async function until(condition: () => boolean, turns = 200): Promise<void> {
  for (let i = 0; i < turns; i += 1) {
    if (condition()) return;
    await turn();
  }
  throw new Error(`still not so after ${turns} turns: ${String(condition)}`);
}
