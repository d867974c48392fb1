import type { Routes } from "../../contract/define.ts";
import type { diagnostics } from "./contract.ts";
import type { DiagnosticsService } from "./service.ts";

const SHOWN_ERRORS = 50;

export function createDiagnosticsRoutes(service: DiagnosticsService): Routes<typeof diagnostics> {
  return {
    getStatus: () => service.status(),
    getDiagnostics: () => ({
      runtime: service.runtime(),
      connection: service.connection(),
      recentErrors: service.recentErrors(SHOWN_ERRORS),
      minutes: service.minutes(),
    }),
    runChecks: async () => ({ checks: await service.runChecks() }),
  };
}
