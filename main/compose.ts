import priceList from "../resources/prices.json" with { type: "json" };
import { mkdirSync } from "node:fs";
import { createModel } from "./adapters/models/create-model.ts";
import { providerPort } from "./adapters/models/provider-port.ts";
import { areaModules, areas, type AreaRoutes, type Areas } from "./areas/index.ts";
import { startAreas } from "./areas/module.ts";
import { incidentWords } from "./areas/storage/incident-words.ts";
import { createSystemPrompt } from "./areas/runs/system-prompt.ts";
import type { SettingsChange } from "./areas/settings/edits.ts";
import type { SecretBox } from "./areas/settings/secret-box.ts";
import { createBus, type Bus } from "./kernel/bus.ts";
import type { Check } from "./kernel/check.ts";
import { createBackupKeeper } from "./kernel/backup-keeper.ts";
import { systemClock, type Clock } from "./kernel/clock.ts";
import { openKeptDatabase } from "./kernel/kept-database.ts";
import type { StreamSources } from "./kernel/invoke.ts";
import { createLog } from "./kernel/log.ts";
import { createLooseningPort } from "./kernel/loosening.ts";
import { createOpenStreams } from "./kernel/open-streams.ts";
import { prepareHome } from "./kernel/paths.ts";
import { createReports } from "./kernel/reports.ts";
import { createStorage } from "./kernel/storage.ts";
import { endLeftovers } from "./kernel/supervisor/call-marker.ts";
import { migrations } from "./migrations.ts";
import { glueConnectionPath, glueFile } from "./surfaces/glue/connection-path.ts";
import { glueClients } from "./surfaces/glue/credentials.ts";
import { mountSurfaces } from "./surfaces/index.ts";
import { authenticateWith } from "./transport/authenticate.ts";
import { createConnectionFiles } from "./transport/connection-files.ts";
import { readConnectionFile } from "./transport/connection-file.ts";
import { allowedHosts, type AllowedHosts } from "./transport/guard.ts";
import { createHandshakes } from "./transport/handshake.ts";
import { endWithRights } from "./transport/surface-kit/admission.ts";
import { createHttpServer, listen, parseListenAddress } from "./transport/http.ts";
import { chooseTokens, forgetTokens } from "./tokens.ts";

export interface DaemonOptions {
  readonly name: string;
  readonly version: string;
  readonly home: string;
  /** `host:port`, port 0 for any. */
  readonly listen: string;
  /** What Glue clients send. Absent: what is in the file, else GLUE_DAEMON_TOKEN, else a new one. */
  readonly token?: string | undefined;
  readonly tokenFile?: string | undefined;
  /** Where Glue clients look; "" writes no connection file at all, absent means Glue's default place. */
  readonly metadataPath?: string | undefined;
  readonly settingsPath?: string | undefined;
  /** Where tools work unless the settings say otherwise; made if it is not there. */
  readonly defaultWorkspace: string;
  /** Absent, there is no other way to be the person than to hold the owner key. */
  readonly hasDesktop?: boolean;
  /** From the command line: above the settings file. */
  readonly overrides?: SettingsChange;
  readonly secrets?: SecretBox;
  readonly moreChecks?: readonly Check[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** Ends this process in order and starts it anew. */
  readonly restart?: () => void;
}

export interface Daemon {
  readonly bus: Bus;
  readonly areas: Areas;
  readonly routes: AreaRoutes;
  readonly streams: StreamSources;
  readonly address: {
    readonly baseUrl: string;
    /** The connection file that is named on start, null if none was written. */
    readonly metadataPath: string | null;
    readonly ownerKey: string;
    readonly tokenSource: string;
  };
  readonly paths: ReturnType<typeof prepareHome>;
  /** What whoever starts it should hear; null when all is as it was left. */
  readonly warning: string | null;
  activeRunCount(): number;
  report(source: string, error: unknown): void;
  /** Contract: never rejects; streams get their terminal event, what is queued is on disk. */
  stop(): Promise<void>;
}

/** What daemons left that were killed is looked for in all of /proc: the first who ask need not wait for that. */
const LEFTOVERS_AFTER_MS = 300;

/** Builds the daemon and brings it up: what it is made of is named in the lists of areas and of surfaces. */
export async function createDaemon(options: DaemonOptions): Promise<Daemon> {
  const environment = options.environment ?? process.env;
  const clock = options.clock ?? systemClock;
  const startedAt = clock.now();
  const { ownerKey, glueToken, tokenSource } = chooseTokens(options, environment);
  if (options.environment === undefined) forgetTokens(process.env);
  const paths = prepareHome(options.home);
  const log = createLog(paths.log);
  const reports = createReports(log);

  const { database: file, backups } = paths;
  const storage = createStorage(openKeptDatabase(file, migrations, { backups, now: startedAt }), (error) =>
    report("storage", error),
  );
  const { health } = storage;
  /** Whatever goes wrong anywhere may be the first sign of a disk that does. */
  const report = (source: string, error: unknown) => {
    health.noticed(error);
    reports.report(source, error);
  };
  const bus = createBus((error) => report("bus", error));
  mkdirSync(options.defaultWorkspace, { recursive: true });
  const gluePath = options.metadataPath || glueConnectionPath(environment);
  const files = createConnectionFiles(
    options.metadataPath === ""
      ? []
      : [
          { clients: null, path: paths.connection, token: ownerKey, isRequired: true, isShared: false },
          glueFile(gluePath, glueToken, options.metadataPath !== undefined),
        ],
    (error) => report("connection", error),
  );
  // Also when something fails on the way up, or nobody could stop it in order.
  process.once("exit", files.remove);
  const openStreams = createOpenStreams();
  const handshakes = createHandshakes(ownerKey, clock);

  const { services, routes, streams, capabilities, ...started } = startAreas(
    areaModules,
    { ...storage, clock, bus, report },
    {
      bus,
      openStreams,
      backups: createBackupKeeper({
        file,
        folder: backups,
        migrations,
        health,
        clock,
        report: (error) => report("storage", error),
      }),
      restart: options.restart ?? null,
      loosening: createLooseningPort(),
      credentials: {
        ownerKey,
        isOwnerThePerson: options.hasDesktop !== true,
        dialects: [glueClients(glueToken)],
        isSession: handshakes.isSession,
      },
      settingsSource: {
        file: options.settingsPath ?? paths.settings,
        defaultWorkspace: options.defaultWorkspace,
        ...(options.overrides === undefined ? {} : { overrides: options.overrides }),
        ...(options.secrets === undefined ? {} : { secrets: options.secrets }),
        models: providerPort,
        environment,
        watch: true,
      },
      toolPlaces: { spoolDir: paths.spool, privatePlaces: [paths.home, gluePath] },
      createModel,
      priceList,
      systemPrompt: createSystemPrompt(),
      daemon: {
        facts: {
          name: options.name,
          version: options.version,
          startedAt,
          home: paths.home,
          databasePath: paths.database,
          logPath: paths.log,
        },
        connection: () => ({ ...files.current(), tokenSource }),
        secrets: [ownerKey, glueToken],
        readConnection: readConnectionFile,
        reports,
        moreChecks: options.moreChecks ?? [],
      },
    },
  );

  const server = createHttpServer();
  server.addHook("preHandler", endWithRights(openStreams));
  server.addHook("onResponse", (_request, _reply, done) => {
    services.diagnostics.requestServed();
    done();
  });
  let hosts: AllowedHosts = new Set();
  mountSurfaces(server, {
    areas,
    routes,
    services,
    streams,
    capabilities,
    bus,
    authenticate: authenticateWith(services.access.identify),
    allowedHosts: () => hosts,
    handshakes,
    openStreams,
    version: options.version,
    report,
  });

  const { host, port } = parseListenAddress(options.listen);
  const bound = await listen(server, host, port);
  hosts = allowedHosts(host, bound.port);
  await files.announce(bound.baseUrl);
  const leaveLeftovers = clock.after(LEFTOVERS_AFTER_MS, () => {
    void endLeftovers().then((isDone) => {
      if (!isDone)
        report("commands", new Error("Something that an earlier Gatehouse started could not be ended"));
    });
  });
  log.info({ baseUrl: bound.baseUrl, home: paths.home, version: options.version }, "started");

  const warning = incidentWords(services.storage.status());
  if (warning !== null) log.warn({}, warning);
  const written = files.current().files.flatMap(({ path }) => path ?? []);
  return {
    bus,
    areas,
    routes,
    streams,
    address: {
      baseUrl: bound.baseUrl,
      metadataPath: written.at(-1) ?? null,
      ownerKey,
      tokenSource,
    },
    paths,
    warning,
    activeRunCount: () => services.runs.activeCount(),
    report,
    async stop() {
      leaveLeftovers();
      files.remove();
      process.off("exit", files.remove);
      await services.runs.stop();
      await closeServer(server);
      await started.stop();
      await storage.close();
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
