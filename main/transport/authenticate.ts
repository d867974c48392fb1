import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { ALL_SCOPES } from "../contract/principal.ts";
import type { Authenticate } from "./hooks.ts";

/** True when the Authorization header is exactly `Bearer <token>`. */
export type CheckBearer = (authorization: string | undefined) => boolean;

/** Compares digests, so that neither content nor length shows in the time it takes. */
export function createBearerCheck(token: string): CheckBearer {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const expected = digest(`Bearer ${token}`);
  return (authorization) => authorization !== undefined && timingSafeEqual(digest(authorization), expected);
}

const MAX_LABEL_LENGTH = 200;

/** Whoever holds the owner key. */
export function createOwnerAuthentication(checkBearer: CheckBearer): Authenticate {
  return (request) => {
    if (!checkBearer(request.headers.authorization)) return null;
    const label = labelOf(request);
    return {
      kind: "owner",
      id: "owner",
      name: "",
      door: label === "cli" ? "cli" : "api",
      proof: "token",
      scopes: ALL_SCOPES,
      label,
    };
  };
}

function labelOf(request: FastifyRequest): string {
  const header = request.headers["x-gatehouse-client"];
  return (Array.isArray(header) ? header.join(", ") : (header ?? "")).slice(0, MAX_LABEL_LENGTH);
}
