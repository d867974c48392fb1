import { CLIENTS } from "./connection-path.ts";
import type { Connection } from "../../areas/diagnostics/contract.ts";
import type { DiagnosticsService } from "../../areas/diagnostics/service.ts";
import type { Route } from "../../transport/surface-kit/surface.ts";
import { time } from "./wire.ts";

/** In Glue's order; what this daemon adds to the dialect comes last (Glue contract 1.4). */
const ORDER: readonly string[] = [
  "runs",
  "events",
  "permissions",
  "permission_grants",
  "tools",
  "status",
  "diagnostics",
  "recall",
  "memories",
  "memory_forget",
  "sessions",
  "run_list",
  "event_resume",
  "event_heartbeats",
  "detached_runs",
];
/** What this surface does by itself. */
const OWN = ["event_resume", "event_heartbeats"];

const RECENT_ERRORS = 10;

export function diagnosticsRoutes(deps: {
  readonly diagnostics: DiagnosticsService;
  readonly capabilities: readonly string[];
}): readonly Route[] {
  const { diagnostics } = deps;
  const capable = [...deps.capabilities, ...OWN];
  const capabilities = [
    ...ORDER.filter((name) => capable.includes(name)),
    ...capable.filter((name) => !ORDER.includes(name)),
  ];

  const status = () => {
    const { activeRuns, toolCount } = diagnostics.status();
    return {
      ok: true,
      version: 1,
      active_runs: activeRuns,
      tools_count: toolCount,
      capabilities,
    };
  };

  const describe = () => {
    const runtime = diagnostics.runtime();
    const connection = diagnostics.connection();
    const errors = diagnostics.recentErrors(RECENT_ERRORS).map((error) => ({
      time: time(error.at),
      run_id: error.runId ?? undefined,
      session_id: error.sessionId ?? undefined,
      client_id: error.clientId ?? undefined,
      error: error.message,
    }));
    return {
      ...status(),
      runtime: {
        name: runtime.name,
        started_at: time(runtime.startedAt),
        listen_addr: connection.baseUrl.replace("http://", ""),
        metadata_path: metadataPathIn(connection),
        token_source: connection.tokenSource,
        provider: runtime.provider,
        model: runtime.model || "(provider default)",
        store_type: "sqlite",
        store_path: runtime.databasePath,
        settings_path: runtime.settingsPath,
        coding_enabled: runtime.codingEnabled,
        coding_work_dir: runtime.workspace,
        permission_remember_path: runtime.databasePath,
      },
      recent_errors: errors.length === 0 ? undefined : errors,
    };
  };

  return [
    { method: "GET", path: "/v1/status", needs: "read", handler: status },
    { method: "GET", path: "/v1/diagnostics", needs: "read", handler: describe },
  ];
}

/** The file of this dialect's clients, else our own. */
function metadataPathIn({ files }: Connection): string | undefined {
  const pathFor = (clients: string | null) =>
    files.find((file) => file.clients === clients)?.path ?? undefined;
  return pathFor(CLIENTS) ?? pathFor(null);
}
