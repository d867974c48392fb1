import type { Routes } from "../../contract/define.ts";
import { actingName, askerOf } from "../../contract/principal.ts";
import { inTurns } from "../../kernel/slices.ts";
import type { runs } from "./contract.ts";
import type { RunService } from "./service.ts";

export function createRunRoutes(service: RunService): Routes<typeof runs> {
  return {
    startRun(input, principal) {
      const clientId = actingName(principal, input.clientId) || principal.door;
      return service.start({ ...input, clientId, asker: askerOf(principal) });
    },
    listRuns: (input) => service.list(input),
    getRun: ({ id }) => service.get(id),
    listEvents: ({ id, after, limit }) => inTurns(service.events(id, after, limit)),
    cancelRun: ({ id }) => service.cancel(id),
  };
}
