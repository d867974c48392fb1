import * as z from "zod";
import { defineArea } from "../../contract/define.ts";
import { PermissionId, SessionId } from "../../contract/ids.ts";
import { Proposal } from "../inspection/contract.ts";
import { AskDoor, PermissionSummary } from "../permissions/contract.ts";

/** How a question to the gate stands. Only `allowed` allows; whatever else comes, or nothing at all, does not. */
export const Ask = z.object({
  /** Null when nobody had to be asked: the answer is here already. */
  id: PermissionId.nullable(),
  status: PermissionSummary.shape.status,
  /** Words for the agent. */
  reason: z.string().nullable(),
  /** Null: waits as long as it takes. */
  expiresAt: z.int().nullable(),
});
export type Ask = z.infer<typeof Ask>;

const MAX_WAIT_MS = 60_000;

export const asks = defineArea({
  name: "asks",
  endpoints: {
    ask: {
      method: "POST",
      path: "/asks",
      summary:
        "Asks whether a call may run that somebody else will make: a hook of an agent, an MCP server, a shell script.",
      scope: "ask",
      input: z.strictObject({
        proposal: Proposal,
        door: AskDoor.exclude(["run"]).default("api"),
        /** Absolute path of the folder the call is about; relative paths in the proposal start there. */
        folder: z.string().min(1).max(4096),
        /** What the agent calls itself, if its key does not name it. */
        agent: z.string().trim().max(200).default(""),
        sessionId: SessionId.optional(),
        /** The agent's own name for the call. */
        callId: z.string().max(200).optional(),
        /** The request is withdrawn when nobody has asked for the answer for so long. */
        patienceSeconds: z.int().min(5).max(3600).default(30),
      }),
      output: Ask,
    },
    getAsk: {
      method: "GET",
      path: "/asks/:id",
      summary: "The answer, waited for if there is none yet. Asking for it keeps the request alive.",
      scope: "ask",
      input: z.object({
        id: PermissionId,
        waitMs: z.coerce.number().int().min(0).max(MAX_WAIT_MS).default(0),
      }),
      output: Ask,
    },
    withdrawAsk: {
      method: "DELETE",
      path: "/asks/:id",
      summary: "Takes the question back. An answer that was given already stands.",
      scope: "ask",
      input: z.object({ id: PermissionId }),
      output: Ask,
    },
  },
  events: {},
  errors: { not_found: 404, folder_not_absolute: 422, too_large: 413, too_many: 429 },
});
