import { defineModule } from "../module.ts";
import type { Reports } from "../../kernel/reports.ts";
import type { Check } from "../../kernel/check.ts";
import type { ToolCatalog } from "../catalogs/tools/tool.ts";
import type { PermissionService } from "../permissions/service.ts";
import type { RunService } from "../runs/service.ts";
import type { SettingsService } from "../settings/service.ts";
import type { OwnConnection, ReadConnection } from "./checks/connection-files.ts";
import { status } from "./commands/status.ts";
import { createChecks } from "./checks/index.ts";
import { diagnostics, type Connection } from "./contract.ts";
import { createMinutes } from "./minutes.ts";
import { createErrorRecorder } from "./recorder.ts";
import { createDiagnosticsRoutes } from "./routes.ts";
import { createDiagnosticsService, type DaemonFacts } from "./service.ts";

/** What only the daemon as a whole knows of itself. */
export interface DaemonView {
  readonly facts: DaemonFacts;
  readonly connection: () => OwnConnection & Pick<Connection, "tokenSource">;
  /** Values that must not show in a recorded error. */
  readonly secrets: readonly string[];
  readonly readConnection: ReadConnection;
  readonly reports: Pick<Reports, "listen">;
  /** Those of the desktop. */
  readonly moreChecks: readonly Check[];
}

export interface DiagnosticsNeeds {
  readonly daemon: DaemonView;
  readonly settings: SettingsService;
  readonly tools: ToolCatalog;
  readonly permissions: PermissionService;
  readonly runs: RunService & { onToolEnd(listener: (tookMs: number) => void): void };
}

export const diagnosticsArea = defineModule({
  contract: diagnostics,
  commands: [status],
  create({ db, health, clock, publish, subscribe, checks }, needs: DiagnosticsNeeds) {
    const { daemon, settings, tools, permissions, runs } = needs;
    const minutes = createMinutes(clock);
    const recorder = createErrorRecorder({
      clock,
      publish,
      secrets: daemon.secrets,
    });
    daemon.reports.listen((source, message) => recorder.record({ source, message }));
    runs.onToolEnd((tookMs) => minutes.toolEnded(tookMs));
    const ownChecks = createChecks({
      home: daemon.facts.home,
      database: db,
      noticed: health.noticed,
      connection: daemon.connection,
      readConnection: daemon.readConnection,
      ofAreas: () => [...checks(), ...daemon.moreChecks],
    });
    const service = createDiagnosticsService({
      facts: daemon.facts,
      counts: () => ({
        activeRuns: runs.activeCount(),
        pendingPermissions: permissions.pendingCount(),
        toolCount: tools.list().length,
      }),
      connection() {
        const { baseUrl, files, tokenSource } = daemon.connection();
        return { baseUrl, files: files.map(({ clients, path }) => ({ clients, path })), tokenSource };
      },
      settings,
      recorder,
      minutes,
      checks: ownChecks,
      clock,
    });
    subscribe((event) => service.observe(event));
    return { service, routes: createDiagnosticsRoutes(service), capabilities: ["status", "diagnostics"] };
  },
});
