import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { areaModules, settingsArea, type AreaServices } from "../areas/index.ts";
import { toolsArea } from "../areas/catalogs/tools/area.ts";
import { createLookAround } from "../areas/catalogs/tools/coding/elsewhere.ts";
import { createToolRoutes } from "../areas/catalogs/tools/routes.ts";
import { openCatalog } from "../areas/catalogs/tools/open-catalog.ts";
import type { DaemonView } from "../areas/diagnostics/area.ts";
import { startAreas } from "../areas/module.ts";
import type { PolicyRules } from "../areas/permissions/policy.ts";
import { createEventLog, type EventLog } from "../areas/runs/event-log.ts";
import type { ScriptedModel } from "../areas/runs/loop/testing/scripted-model.ts";
import { createScriptedModel, says } from "../areas/runs/loop/testing/scripted-model.ts";
import { createEventStore, type EventStore } from "../areas/runs/store/event-store.ts";
import { createRunStore, type RunStore } from "../areas/runs/store/run-store.ts";
import { createSessionStore, type SessionStore } from "../areas/sessions/store/session-store.ts";
import type { SettingsSource } from "../areas/settings/area.ts";
import type { BackupKeeper } from "../kernel/backup-keeper.ts";
import { createBus, type Bus, type BusEvent } from "../kernel/bus.ts";
import { openDatabase, type SqliteDatabase } from "../kernel/database.ts";
import type { GroupCommit } from "../kernel/group-commit.ts";
import { createLooseningPort } from "../kernel/loosening.ts";
import { createOpenStreams } from "../kernel/open-streams.ts";
import { createStorage } from "../kernel/storage.ts";
import type { StorageHealth } from "../kernel/storage-health.ts";
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
  /** By section, what holds instead of its defaults; asked anew each time. */
  readonly settings?: Readonly<Record<string, object>>;
  readonly tableSizes?: BackupKeeper["tableSizes"];
}

/** The daemon's inside, as `compose.ts` puts it together, with a clock that stands still and no surface. */
export interface Core extends AreaServices {
  readonly db: SqliteDatabase;
  readonly clock: FakeClock;
  readonly commit: GroupCommit;
  readonly health: StorageHealth;
  readonly bus: Bus;
  readonly sessionStore: SessionStore;
  readonly runStore: RunStore;
  readonly eventStore: EventStore;
  readonly log: EventLog;
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
  const storage = createStorage(db, report);
  const { commit, health } = storage;
  const model = options.model ?? createScriptedModel([says("hello")]);
  const { services } = startAreas(
    modulesFor(options),
    { ...storage, clock, bus, report: (_source, error) => report(error) },
    {
      bus,
      openStreams: createOpenStreams(),
      backups: {
        list: () => [],
        failure: () => null,
        make: never,
        tableSizes: options.tableSizes ?? never,
        arrange: never,
        stop: () => {},
      },
      restart: null,
      loosening: createLooseningPort(),
      credentials: { ownerKey: "", isOwnerThePerson: false, dialects: [], isSession: () => false },
      settingsSource: scriptedProvider(),
      toolPlaces: { spoolDir: "/nowhere", privatePlaces: [] },
      createModel: () => model,
      priceList: { asOf: "2026-01", models: { m: { input: 2, output: 10, cacheRead: 0.2 } } },
      systemPrompt: () => "",
      daemon: daemonView(),
    },
  );
  const runStore = createRunStore(storage, clock);
  const eventStore = createEventStore(db, (id) => services.permissions.onRecord(id));
  return {
    db,
    clock,
    commit,
    health,
    bus,
    ...services,
    sessionStore: createSessionStore(storage, clock),
    runStore,
    eventStore,
    log: createEventLog({ store: eventStore, commit, clock, report }),
    published,
    reported,
    payloads: <T>(type: string) =>
      published.filter((event) => event.type === type).map((event) => event.payload as T),
  };
}

/** List one, with tools that record their calls, rules that a test may change, a workspace that need not be there. */
function modulesFor(options: CoreOptions) {
  const { tools = [createRecordingTool("side_effect")], workspace = () => WORKSPACE } = options;
  const { timeoutMs = 600_000, ...tiers } = options.rules ?? {};
  const rules = { ...tiers, timeout: timeoutMs === null ? "0" : `${timeoutMs}ms` };
  const catalog = openCatalog(
    {
      list: () => tools,
      find: (name) => tools.find((tool) => tool.info.name === name),
    },
    createLookAround(() => process.env),
  );
  const recordingTools: typeof toolsArea = {
    ...toolsArea,
    create: () => ({ service: catalog, routes: createToolRoutes(catalog) }),
  };
  const settings: typeof settingsArea = {
    ...settingsArea,
    create(context, needs) {
      const { service, ...started } = settingsArea.create(context, needs);
      const section: typeof service.section = (asked) => {
        const values = service.section(asked);
        const given = { ...values, ...options.settings?.[asked.name] };
        return asked.name === "permissions" ? { ...given, ...rules } : given;
      };
      return { ...started, service: { ...service, section, workspace } };
    },
  };
  return areaModules.map((module) => {
    if (module === toolsArea) return recordingTools;
    return module === settingsArea ? settings : module;
  }) as unknown as typeof areaModules;
}

/** Settings with one provider, the scripted model. */
function scriptedProvider(): SettingsSource {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-core-"));
  const file = join(folder, "settings.json");
  const providers = [
    { alias: "scripted", type: "openai-compatible", base_url: "http://127.0.0.1:9", model: "m" },
  ];
  writeFileSync(file, JSON.stringify({ default_provider: "scripted", providers }));
  // It is read once, when the area starts.
  setImmediate(() => rmSync(folder, { recursive: true, force: true }));
  return { file, defaultWorkspace: folder, environment: {}, watch: false };
}

/** A database in memory has no copies. */
const never = () => Promise.reject(new Error("there is no file"));

function daemonView(): DaemonView {
  return {
    facts: {
      name: "gatehouse",
      version: "0",
      startedAt: 0,
      home: "/nowhere",
      databasePath: ":memory:",
      logPath: null,
    },
    connection: () => ({
      baseUrl: "",
      files: [],
      tokenSource: "test",
    }),
    secrets: [],
    readConnection: () => null,
    reports: { listen: () => {} },
    moreChecks: [],
  };
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
