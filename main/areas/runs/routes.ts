import type { Routes } from "../../contract/define.ts";
import { actingName, askerOf } from "../../contract/principal.ts";
import { inTurns } from "../../kernel/slices.ts";
import type { runs } from "./contract.ts";
import type { SessionService } from "../sessions/service.ts";
import type { RunService } from "./service.ts";

export function createRunRoutes(
  service: RunService,
  sessions: Pick<SessionService, "beginIn">,
): Routes<typeof runs> {
  return {
    startRun({ folder, ...input }, principal) {
      const clientId = actingName(principal, input.clientId) || principal.door;
      const begin = (workspace?: string) =>
        service.start({ ...input, clientId, asker: askerOf(principal), workspace });
      if (folder === undefined) return begin();
      return sessions.beginIn({ id: input.sessionId, folder }, principal, begin);
    },
    listRuns: (input) => service.list(input),
    getRun: ({ id }) => service.get(id),
    listEvents: ({ id, after, limit }) => inTurns(service.events(id, after, limit)),
    cancelRun: ({ id }) => service.cancel(id),
  };
}
