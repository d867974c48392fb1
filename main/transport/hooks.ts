import type { FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import { AppError } from "../contract/errors.ts";
import type { Principal } from "../contract/principal.ts";
import { foreignRequest, type AllowedHosts } from "./guard.ts";

/** Refuses requests that were addressed or sent by someone else's page. */
export function createGuardHook(allowedHosts: () => AllowedHosts): onRequestAsyncHookHandler {
  return async (request) => {
    const foreign = foreignRequest(request.headers, allowedHosts());
    if (foreign !== null) throw new AppError("request.foreign", 403, `This request is refused: ${foreign}.`);
  };
}

/** Who sent a request, or null when it proves nobody. */
export type Authenticate = (request: FastifyRequest) => Principal | null;

const principals = new WeakMap<FastifyRequest, Principal>();

/** Whether a request proves who sent it; `principalOf` says who, from then on. */
export function isKnown(request: FastifyRequest, authenticate: Authenticate): boolean {
  const principal = authenticate(request);
  if (principal !== null) principals.set(request, principal);
  return principal !== null;
}

/** Refuses requests that prove nobody; `principalOf` says who sent the others. */
export function createAuthenticateHook(authenticate: Authenticate): onRequestAsyncHookHandler {
  return async (request) => {
    if (isKnown(request, authenticate)) return;
    throw new AppError(
      "request.unauthorized",
      401,
      "Send the token from the connection file as a bearer token.",
    );
  };
}

/** Contract: throws where no hook has authenticated the request: such a route must not exist. */
export function principalOf(request: FastifyRequest): Principal {
  const principal = principals.get(request);
  if (principal === undefined) throw new Error(`${request.method} ${request.url} was not authenticated`);
  return principal;
}
