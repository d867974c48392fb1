import { randomBytes } from "node:crypto";
import { mkdirSync, realpathSync } from "node:fs";
import { createModel } from "./adapters/models/create-model.ts";
import { discoverLocalModels } from "./adapters/models/discovery.ts";
import { testModel } from "./adapters/models/probe.ts";
import { createToolCatalog } from "./areas/catalogs/tools/catalog.ts";
import { createToolRoutes } from "./areas/catalogs/tools/routes.ts";
import { areas, type Areas } from "./areas/contracts.ts";
import type { Check } from "./areas/diagnostics/check.ts";
import { createChecks } from "./areas/diagnostics/checks/index.ts";
import { createMinutes } from "./areas/diagnostics/minutes.ts";
import { createErrorRecorder } from "./areas/diagnostics/recorder.ts";
import { createDiagnosticsRoutes } from "./areas/diagnostics/routes.ts";
import { createDiagnosticsService } from "./areas/diagnostics/service.ts";
import { createGrantBook } from "./areas/permissions/grant-book.ts";
import { createPermissionRoutes } from "./areas/permissions/routes.ts";
import { createPermissionService } from "./areas/permissions/service.ts";
import { createPermissionStore } from "./areas/permissions/store.ts";
import type { RunEvent } from "./areas/runs/contract.ts";
import { createEventLog } from "./areas/runs/event-log.ts";
import type { Model } from "./areas/runs/model.ts";
import { createRunRoutes } from "./areas/runs/routes.ts";
import { createRunService, type ResolvedModel } from "./areas/runs/service.ts";
import { createRunStore } from "./areas/runs/store.ts";
import { createSystemPrompt } from "./areas/runs/system-prompt.ts";
import { createSessionRoutes } from "./areas/sessions/routes.ts";
import { createSessionService } from "./areas/sessions/service.ts";
import { createSessionStore } from "./areas/sessions/store.ts";
import type { SettingsOverrides } from "./areas/settings/effective.ts";
import type { ProviderPort } from "./areas/settings/providers.ts";
import { createSettingsRoutes } from "./areas/settings/routes.ts";
import type { SecretBox } from "./areas/settings/secret-box.ts";
import { createSettingsService } from "./areas/settings/service.ts";
import type { Routes } from "./contract/define.ts";
import { AppError } from "./contract/errors.ts";
import { fail } from "./contract/fail.ts";
import { createBus, type Bus } from "./kernel/bus.ts";
import { systemClock, type Clock } from "./kernel/clock.ts";
import { openDatabase } from "./kernel/database.ts";
import { createGroupCommit } from "./kernel/group-commit.ts";
import { createLog } from "./kernel/log.ts";
import { glueConnectionPath, prepareHome } from "./kernel/paths.ts";
import { migrations } from "./migrations.ts";
import { catalogHandlers } from "./surfaces/glue/catalogs.ts";
import { diagnosticsHandlers } from "./surfaces/glue/diagnostics.ts";
import { permissionHandlers } from "./surfaces/glue/permissions.ts";
import { runHandlers } from "./surfaces/glue/runs.ts";
import { sessionHandlers } from "./surfaces/glue/sessions.ts";
import { mountGlue } from "./surfaces/glue/surface.ts";
import { mountNative } from "./surfaces/native/surface.ts";
import { createBearerCheck, createOwnerAuthentication } from "./transport/authenticate.ts";
import {
  isConnectionAlive,
  readConnectionFile,
  removeOwnConnectionFile,
  writeConnectionFile,
} from "./transport/connection-file.ts";
import { allowedHosts, type AllowedHosts } from "./transport/guard.ts";
import { createAuthenticateHook, createGuardHook } from "./transport/hooks.ts";
import { createHttpServer, listen, parseListenAddress } from "./transport/http.ts";

export interface DaemonOptions {
  readonly name: string;
  readonly version: string;
  readonly home: string;
  /** `host:port`, port 0 for any. */
  readonly listen: string;
  /** Absent: GLUE_DAEMON_TOKEN, else a new one. */
  readonly token?: string | undefined;
  /** Where Glue clients look; "" writes no connection file at all, absent means Glue's default place. */
  readonly metadataPath?: string | undefined;
  readonly settingsPath?: string | undefined;
  /** Where tools work unless the settings say otherwise; made if it is not there. */
  readonly defaultWorkspace: string;
  /** From the command line: above the settings file. */
  readonly overrides?: SettingsOverrides;
  readonly secrets?: SecretBox;
  readonly moreChecks?: readonly Check[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
}

export interface Daemon {
  readonly bus: Bus;
  readonly routes: { readonly [A in keyof Areas]: Routes<Areas[A]> };
  readonly services: {
    readonly runs: {
      follow(runId: string, fromSeq: number, listener: (events: readonly RunEvent[]) => void): () => void;
    };
  };
  readonly address: {
    readonly baseUrl: string;
    /** The connection file that is named on start, null if none was written. */
    readonly metadataPath: string | null;
    readonly glueMetadataPath: string | null;
    readonly token: string;
    readonly tokenSource: string;
  };
  readonly paths: ReturnType<typeof prepareHome>;
  activeRunCount(): number;
  report(source: string, error: unknown): void;
  /** Contract: never rejects; streams get their terminal event, what is queued is on disk. */
  stop(): Promise<void>;
}

/** Builds the daemon and brings it up. The order is the order of dependence; nothing else constructs services. */
export async function createDaemon(options: DaemonOptions): Promise<Daemon> {
  const environment = options.environment ?? process.env;
  const clock = options.clock ?? systemClock;
  const startedAt = clock.now();
  const { token, tokenSource } = chooseToken(options, environment);
  const paths = prepareHome(options.home);
  const log = createLog(paths.log);

  const bus = createBus((error) => report("bus", error));
  const recorder = createErrorRecorder({ clock, publish: bus.publish, secrets: [token] });
  const report = (source: string, error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    log.error({ source, err: error }, message);
    recorder.record({ source, message });
  };

  const db = openDatabase(paths.database, migrations);
  const commit = createGroupCommit(db, (error) => report("storage", error));

  mkdirSync(options.defaultWorkspace, { recursive: true });
  const settings = createSettingsService({
    file: options.settingsPath ?? paths.settings,
    defaultWorkspace: options.defaultWorkspace,
    ...(options.overrides === undefined ? {} : { overrides: options.overrides }),
    ...(options.secrets === undefined ? {} : { secrets: options.secrets }),
    models: providerPort,
    environment,
    clock,
    publish: bus.publish,
    watch: true,
    reportProblem: (message) => report("settings", message),
  });
  const gluePath = options.metadataPath || glueConnectionPath(environment);
  const tools = createToolCatalog({
    settings: () => settings.current(),
    spoolDir: paths.spool,
    privatePlaces: [paths.home, settings.path, gluePath],
  });
  const sessions = createSessionService({
    store: createSessionStore(db, clock),
    clock,
    publish: bus.publish,
  });

  const permissionStore = createPermissionStore(db, clock);
  const permissions = createPermissionService({
    store: permissionStore,
    grants: createGrantBook({ store: permissionStore, commit, clock, publish: bus.publish }),
    commit,
    clock,
    publish: bus.publish,
    report: (error) => report("permissions", error),
    rules() {
      const { defaultTier, channels } = settings.current().permissions;
      return { defaultTier, channels, timeoutMs: settings.permissionTimeoutMs() || null };
    },
  });

  const minutes = createMinutes(clock);
  const runStore = createRunStore(db, clock);
  const reportRuns = (error: unknown) => report("runs", error);
  const runs = createRunService({
    store: runStore,
    log: createEventLog({ store: runStore, commit, clock, report: reportRuns }),
    commit,
    clock,
    publish: bus.publish,
    report: reportRuns,
    sessions,
    permissions,
    tools,
    workspace: () => realpathSync.native(settings.current().workspace),
    resolveModel: createModelResolver(settings.resolveProvider),
    systemPrompt: createSystemPrompt(),
    onToolEnd: (ms) => minutes.toolEnded(ms),
  });

  const connection = {
    baseUrl: "",
    metadataPath: null as string | null,
    glueMetadataPath: null as string | null,
  };
  const diagnostics = createDiagnosticsService({
    facts: {
      name: options.name,
      version: options.version,
      startedAt,
      home: paths.home,
      databasePath: paths.database,
      logPath: paths.log,
    },
    counts: () => ({
      activeRuns: runs.activeCount(),
      pendingPermissions: permissions.pendingCount(),
      toolCount: tools.list().length,
    }),
    connection: () => ({ ...connection, tokenSource }),
    settings,
    recorder,
    minutes,
    checks: [
      ...createChecks({
        home: paths.home,
        database: db,
        settings,
        connection: () => ({ ...connection, token }),
        readConnection: readConnectionFile,
        pending: () => permissions.pending(),
        clock,
      }),
      ...(options.moreChecks ?? []),
    ],
    clock,
  });
  bus.subscribe((event) => diagnostics.observe(event));

  const routes: Daemon["routes"] = {
    settings: createSettingsRoutes(settings),
    sessions: createSessionRoutes(sessions),
    tools: createToolRoutes(tools),
    permissions: createPermissionRoutes(permissions),
    runs: createRunRoutes(runs),
    diagnostics: createDiagnosticsRoutes(diagnostics),
  };
  const followRun: Daemon["services"]["runs"]["follow"] = (runId, fromSeq, listener) => {
    const following = runs.follow(runId, fromSeq, {
      push(batch) {
        listener(batch.events);
        return true;
      },
      end: () => {},
    });
    return () => following?.stop();
  };

  const server = createHttpServer();
  server.addHook("onResponse", (_request, _reply, done) => {
    minutes.requestServed();
    done();
  });
  let hosts: AllowedHosts = new Set();
  const checkBearer = createBearerCheck(token);
  mountGlue(server, {
    handlers: {
      ...diagnosticsHandlers({ diagnostics }),
      ...catalogHandlers({ tools }),
      ...runHandlers({ runs }),
      ...permissionHandlers({ runs, permissions }),
      ...sessionHandlers({ sessions }),
    },
    allowedHosts: () => hosts,
    checkBearer,
    report: (error) => report("glue", error),
  });
  await mountNative(server, {
    areas,
    routes,
    bus,
    follower: runs,
    version: options.version,
    hooks: {
      guard: createGuardHook(() => hosts),
      authenticate: createAuthenticateHook(createOwnerAuthentication(checkBearer)),
    },
    reportError: (error) => report("native", error),
  });

  const { host, port } = parseListenAddress(options.listen);
  const bound = await listen(server, host, port);
  hosts = allowedHosts(host, bound.port);
  connection.baseUrl = bound.baseUrl;

  const written: string[] = [];
  const announce = (path: string) => {
    writeConnectionFile(path, { base_url: bound.baseUrl, token, pid: process.pid });
    written.push(path);
    return path;
  };
  /** A folder of someone else's that can't be written is no reason not to start, unless it was asked for. */
  const announceToGlue = (path: string) => {
    try {
      return announce(path);
    } catch (error) {
      if (options.metadataPath !== undefined) throw error;
      report("connection", error);
      return null;
    }
  };
  if (options.metadataPath !== "") {
    connection.metadataPath = announce(paths.connection);
    const isTaken = options.metadataPath === undefined && (await isConnectionAlive(gluePath));
    if (!isTaken) connection.glueMetadataPath = announceToGlue(gluePath);
  }
  log.info({ baseUrl: bound.baseUrl, home: paths.home, version: options.version }, "started");

  return {
    bus,
    routes,
    services: { runs: { follow: followRun } },
    address: {
      baseUrl: bound.baseUrl,
      metadataPath: connection.glueMetadataPath ?? connection.metadataPath,
      glueMetadataPath: connection.glueMetadataPath,
      token,
      tokenSource,
    },
    paths,
    activeRunCount: () => runs.activeCount(),
    report,
    async stop() {
      for (const path of written) removeOwnConnectionFile(path, token);
      await runs.stop();
      await closeServer(server);
      settings.close();
      commit.flush();
      db.close();
      log.info({}, "stopped");
    },
  };
}

/** Last answers and terminal events get a moment to leave; who still holds on is cut off. */
async function closeServer(server: ReturnType<typeof createHttpServer>): Promise<void> {
  const cutOff = setTimeout(() => server.server.closeAllConnections(), 1_000);
  await server.close();
  clearTimeout(cutOff);
}

function chooseToken(
  options: DaemonOptions,
  environment: Readonly<Record<string, string | undefined>>,
): { token: string; tokenSource: string } {
  const fromFlag = options.token?.trim() ?? "";
  if (fromFlag !== "") return { token: fromFlag, tokenSource: "flag" };
  const fromEnvironment = environment["GLUE_DAEMON_TOKEN"]?.trim() ?? "";
  if (fromEnvironment !== "") return { token: fromEnvironment, tokenSource: "GLUE_DAEMON_TOKEN" };
  if (options.metadataPath === "") {
    throw new Error("metadata disabled requires --token or GLUE_DAEMON_TOKEN");
  }
  return { token: randomBytes(32).toString("hex"), tokenSource: "generated" };
}

const providerPort: ProviderPort = {
  async test(provider, signal) {
    const { ok, message, models } = await testModel(provider, { signal });
    if (!ok) throw new Error(message);
    return { message, models };
  },
  async discover(signal) {
    const found = await discoverLocalModels({ signal });
    return found.map(({ alias, baseUrl, models }) => ({
      alias,
      type: "openai-compatible" as const,
      baseUrl,
      model: models[0] ?? null,
    }));
  },
};

type ResolveProvider = (alias?: string) => Parameters<typeof createModel>[0];

/** One client per configuration, so that its connections are kept between runs. */
function createModelResolver(
  resolveProvider: ResolveProvider,
): (provider: string | undefined, model: string | undefined) => ResolvedModel {
  const clients = new Map<string, { readonly config: string; readonly model: Model }>();
  return (alias, modelName) => {
    const provider = knownProvider(() => resolveProvider(alias));
    const config = JSON.stringify(provider);
    let client = clients.get(provider.alias);
    if (client?.config !== config) {
      client = { config, model: createModel(provider) };
      clients.set(provider.alias, client);
    }
    return { model: client.model, alias: provider.alias, modelName: modelName ?? provider.model ?? "" };
  };
}

/** What is wrong with a setting there is wrong with the run's request here. */
function knownProvider<T>(resolve: () => T): T {
  try {
    return resolve();
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw fail(areas.runs, "unknown_provider", cause.message, { cause });
  }
}
