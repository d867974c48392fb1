import type { Routes } from "../../contract/define.ts";
import type { Principal } from "../../contract/principal.ts";
import type { runs } from "./contract.ts";
import type { RunService } from "./service.ts";

/**
 * Rules and grants go by the client's name, so nobody with a key of his own takes another's. Who holds all rights may
 * run for others.
 */
function clientIdOf({ kind, name, label, door }: Principal, claimed: string | undefined): string {
  return kind === "key" || kind === "agent" ? name : claimed || label || door;
}

export function createRunRoutes(service: RunService): Routes<typeof runs> {
  return {
    startRun: (input, principal) =>
      service.start({ ...input, clientId: clientIdOf(principal, input.clientId) }),
    listRuns: (input) => service.list(input),
    getRun: ({ id }) => service.get(id),
    listEvents: ({ id, after, limit }) => service.events(id, after, limit),
    cancelRun: ({ id }) => service.cancel(id),
  };
}
