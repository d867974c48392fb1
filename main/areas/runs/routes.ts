import type { Routes } from "../../contract/define.ts";
import type { runs } from "./contract.ts";
import type { RunService } from "./service.ts";

export function createRunRoutes(service: RunService): Routes<typeof runs> {
  return {
    startRun: (input, { name, label, door }) =>
      service.start({ ...input, clientId: input.clientId || name || label || door }),
    listRuns: (input) => service.list(input),
    getRun: ({ id }) => service.get(id),
    listEvents: ({ id, after, limit }) => service.events(id, after, limit),
    cancelRun: ({ id }) => service.cancel(id),
  };
}
