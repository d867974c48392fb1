import type { FastifyRequest, onRequestHookHandler, preHandlerHookHandler } from "fastify";
import type { Principal } from "../../contract/principal.ts";
import type { OpenStreams } from "../../kernel/open-streams.ts";
import { foreignRequest, type AllowedHosts } from "../guard.ts";
import { Refused } from "./refusals.ts";
import type { Authenticate, Route, Surface } from "./surface.ts";
import { mayHaveBody } from "./unreadable.ts";

const principals = new WeakMap<FastifyRequest, Principal>();

/** Who sent this request. Contract: throws where nobody was asked who it is: such a handler must not look. */
export function principalOf(request: FastifyRequest): Principal {
  const principal = principals.get(request);
  if (principal === undefined) throw new Error(`${request.method} ${request.url} was not authenticated`);
  return principal;
}

/**
 * Whatever a key has open on any surface ends with its rights: streams come to their end, long polls are cut off. What
 * is answered within this turn, such as the revocation itself, still goes out.
 */
export function endWithRights(openStreams: OpenStreams): preHandlerHookHandler {
  return (request, { raw }, next) => {
    const principal = principals.get(request);
    if (principal?.kind === "key" || principal?.kind === "agent") {
      const cut = () => void (raw.headersSent ? raw.end() : raw.destroy());
      raw.once(
        "close",
        openStreams.opened(principal, () => void setImmediate(cut)),
      );
    }
    next();
  };
}

export interface Admission {
  /** Null admits everyone. */
  readonly authenticate: Authenticate | null;
  readonly needs: Route["needs"];
  /** Why the request goes no further although its caller may come in: no such route, no such method. */
  readonly refuse: (request: FastifyRequest) => Refused | null;
}

/** The checks before a body is read, in the surface's order. Synchronous wherever the authentication is. */
export function admit(
  surface: Pick<Surface, "order" | "refusals">,
  { authenticate, needs, refuse }: Admission,
  allowedHosts: () => AllowedHosts,
): onRequestHookHandler {
  const { refusals, order } = surface;

  return (request, _reply, next) => {
    const come = (principal: Principal | null): void => {
      if (principal === null) return next(new Refused(refusals.unauthenticated({})));
      principals.set(request, principal);
      const refusal =
        (order === "caller first" ? refuse(request) : null) ?? scopeRefusal(refusals, needs, principal);
      return refusal === null ? next() : next(refusal);
    };

    const foreign = foreignRequest(request.raw, allowedHosts());
    if (foreign !== null) return next(new Refused(refusals.foreign({ reason: foreign })));
    if (authenticate === null || order === "route first") {
      const refusal = refuse(request);
      if (refusal !== null) return next(refusal);
      if (authenticate === null) return next();
    }
    whoSent(request, authenticate, come, next);
  };
}

/**
 * The caller is asked for again when its body is there, right before the handler: a body may take a minute, and rights
 * that ended meanwhile are none.
 */
export function admitAgain(
  { refusals }: Pick<Surface, "refusals">,
  { authenticate, needs }: Pick<Admission, "authenticate" | "needs">,
): preHandlerHookHandler {
  return (request, _reply, next) => {
    if (authenticate === null || !mayHaveBody(request.raw)) return next();
    const come = (principal: Principal | null): void => {
      if (principal === null) return next(new Refused(refusals.unauthenticated({})));
      principals.set(request, principal);
      const refusal = scopeRefusal(refusals, needs, principal);
      return refusal === null ? next() : next(refusal);
    };
    whoSent(request, authenticate, come, next);
  };
}

function scopeRefusal(
  refusals: Surface["refusals"],
  needs: Route["needs"],
  principal: Principal,
): Refused | null {
  return needs === null || needs === "caller" || principal.scopes.has(needs)
    ? null
    : new Refused(refusals.forbidden({ scope: needs }));
}

/** No promise where none is needed: every call comes through here. */
function whoSent(
  request: FastifyRequest,
  authenticate: Authenticate,
  come: (principal: Principal | null) => void,
  failed: (error: Error) => void,
): void {
  let found: ReturnType<Authenticate>;
  try {
    found = authenticate(request);
  } catch (error) {
    return failed(error as Error);
  }
  if (found instanceof Promise) void once(found, come, failed);
  else come(found);
}

async function once<T>(
  promise: Promise<T>,
  done: (value: T) => void,
  failed: (error: Error) => void,
): Promise<void> {
  let value: T;
  try {
    value = await promise;
  } catch (error) {
    failed(error as Error);
    return;
  }
  done(value);
}
