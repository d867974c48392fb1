import type { Decider } from "../../contract/decider.ts";
import type { FastifyRequest } from "fastify";
import * as z from "zod";
import type { PermissionSummary, Scope } from "../../areas/permissions/contract.ts";
import type { PermissionService } from "../../areas/permissions/service.ts";
import type { RunService } from "../../areas/runs/service.ts";
import type { GrantId } from "../../contract/ids.ts";
import { principalOf } from "../../transport/surface-kit/admission.ts";
import { textBody } from "../../transport/surface-kit/bodies.ts";
import { headerValue, segment } from "../../transport/surface-kit/request-parts.ts";
import type { Route } from "../../transport/surface-kit/surface.ts";
import { parseBody } from "./body.ts";
import { badRequest, forbidden, notFound } from "./refusals.ts";
import { grantToWire } from "./wire.ts";

const DecisionBody = z.object({
  allow: z.boolean().default(false),
  reason: z.string().default(""),
  remember_for: z.string().default(""),
});

const SCOPE_OF: Readonly<Record<string, Scope>> = {
  "": "once",
  never: "once",
  session: "session",
  session_target: "session_target",
  forever: "forever",
};

/** A second answer over this dialect finds nothing, as it always has, nor does one after the daemon's own. */
const NO_NEWS: readonly Decider["kind"][] = ["client", "system"];

/** Takes any 200 for success and tells its chat "Allowed."; a 404 only says that the answer did not count. */
const CHAT = "telegram:";

const MAX_REASON = 10_000;
const DENIED = "permission denied by daemon client";

export function permissionRoutes(deps: {
  readonly runs: RunService;
  readonly permissions: PermissionService;
}): readonly Route[] {
  const { runs, permissions } = deps;

  const decide = (request: FastifyRequest) => {
    const run = runs.find(segment(request, "run_id"));
    if (run === null) throw notFound("run not found");
    const client = headerValue(request, "x-glue-client-id") ?? "";
    if (client !== "" && run.clientId !== "" && client !== run.clientId) {
      throw forbidden("permission decision belongs to another client");
    }
    const body = parseBody(DecisionBody, textBody(request));
    const remember = body.remember_for.trim();
    const scope = Object.hasOwn(SCOPE_OF, remember) ? SCOPE_OF[remember] : undefined;
    if (scope === undefined) throw badRequest("invalid remember_for");
    const found = permissions.find(segment(request, "permission_id"));
    if (found === null || found.runId !== run.id) throw notFound("permission request not found");
    if (found.status !== "pending") return answeredElsewhere(found, client || run.clientId);
    if (body.allow && permissions.isForPerson(found.id))
      return leftToThePerson(found, client || run.clientId);
    const settled = permissions.decide(
      found.id,
      {
        decision: body.allow ? "allow" : "deny",
        scope: body.allow && isOffered(permissions, found, scope) ? scope : "once",
        reason: body.allow ? undefined : body.reason.trim().slice(0, MAX_REASON) || DENIED,
      },
      principalOf(request),
    );
    // Said only when less was remembered than the client asked for.
    const narrowed = settled.scope === null || settled.scope === scope ? undefined : settled.scope;
    return { permission_id: found.id, accepted: true, scope: narrowed };
  };

  const revoke = (request: FastifyRequest) => {
    const id = segment(request, "id");
    if (id.trim() === "") throw badRequest("permission id is required");
    const grant = permissions.grants().find((candidate) => candidate.id === id);
    if (grant === undefined) throw notFound("permission grant not found");
    return { permission: grantToWire(permissions.revoke(id as GrantId)) };
  };

  return [
    {
      method: "POST",
      path: "/v1/runs/:run_id/permissions/:permission_id/decision",
      needs: "answer",
      handler: decide,
    },
    {
      method: "GET",
      path: "/v1/permissions",
      needs: "read",
      handler: () => ({ permissions: permissions.grants().map(grantToWire) }),
    },
    { method: "DELETE", path: "/v1/permissions/:id", needs: "remember", handler: revoke },
  ];
}

/**
 * Somebody answered in the popup, the window or over another API while this client's own prompt still waited. A
 * terminal treats anything but 200 as fatal, so it is told in a way that it survives that its answer came too late.
 */
function answeredElsewhere(found: PermissionSummary, client: string): object {
  const isAnswered = found.status === "allowed" || found.status === "denied";
  if (
    !isAnswered ||
    found.decidedBy === null ||
    NO_NEWS.includes(found.decidedBy.kind) ||
    client.startsWith(CHAT)
  ) {
    throw notFound("permission request not found");
  }
  return {
    permission_id: found.id,
    accepted: false,
    outcome: found.status,
    decided_by: found.decidedBy,
  };
}

/** Only the person at this machine can allow it. It waits on; a terminal is told so in a way that it survives. */
function leftToThePerson(found: PermissionSummary, client: string): object {
  if (client.startsWith(CHAT)) throw forbidden("only the person at the machine can allow this");
  return { permission_id: found.id, accepted: false, outcome: found.status };
}

/** What can't be remembered is allowed once: a client of this dialect has no way to ask which scopes there are. */
function isOffered(permissions: PermissionService, found: PermissionSummary, scope: Scope): boolean {
  return scope === "once" || permissions.get(found.id).choices.some((choice) => choice.scope === scope);
}
