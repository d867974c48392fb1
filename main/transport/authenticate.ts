import type { FastifyRequest } from "fastify";
import type { Principal } from "../contract/principal.ts";
import type { Authenticate } from "./surface-kit/surface.ts";

const BEARER = "Bearer ";

/** What follows `Bearer ` in the Authorization header, spelled exactly so; null for anything else. */
export function bearerToken(authorization: string | undefined): string | null {
  if (authorization?.startsWith(BEARER) !== true) return null;
  const token = authorization.slice(BEARER.length);
  return token === "" ? null : token;
}

const MAX_LABEL_LENGTH = 200;

interface Credential {
  readonly token: string;
  readonly host: string;
  readonly label: string;
}

/** Asks about the bearer token of each request, where it was sent to, and what its sender calls itself. */
export function authenticateWith(identify: (credential: Credential) => Principal | null): Authenticate {
  return (request) => {
    const token = bearerToken(request.headers.authorization);
    return token === null ? null : identify({ token, host: hostOf(request), label: labelOf(request) });
  };
}

/** The address a request was sent to, as its sender spelled it. */
export const hostOf = (request: FastifyRequest): string => request.headers.host?.toLowerCase() ?? "";

function labelOf(request: FastifyRequest): string {
  const header = request.headers["x-gatehouse-client"];
  return (Array.isArray(header) ? header.join(", ") : (header ?? "")).slice(0, MAX_LABEL_LENGTH);
}
