import type { Routes } from "../../contract/define.ts";
import { actingName, askerOf } from "../../contract/principal.ts";
import { inTurns } from "../../kernel/slices.ts";
import { fail } from "../../contract/fail.ts";
import { AppError } from "../../contract/errors.ts";
import { runs } from "./contract.ts";
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
      return asOwnRefusal(sessions.beginIn({ id: input.sessionId, folder }, principal, begin));
    },
    listRuns: (input) => service.list(input),
    getRun: ({ id }) => service.get(id),
    listEvents: ({ id, after, limit }) => inTurns(service.events(id, after, limit)),
    cancelRun: ({ id }) => service.cancel(id),
  };
}

/** What stands against a session's folder, as who starts a run is told. */
async function asOwnRefusal<T>(started: Promise<T>): Promise<T> {
  try {
    return await started;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "sessions.no_folder") throw fail(runs, "no_folder", error.message);
    if (error.code === "sessions.other_folder") throw fail(runs, "other_folder", error.message);
    throw error;
  }
}
