import type { FastifyRequest } from "fastify";
import type { Caller } from "../../contract/define.ts";

const LONGEST_NAME = 200;

/** Who says to be calling, for the ledger; the token alone decides what a caller may do. */
export function callerOf(request: FastifyRequest): Caller {
  const header = request.headers["x-gatehouse-client"];
  const name = (Array.isArray(header) ? header.join(", ") : (header ?? "")).slice(0, LONGEST_NAME);
  return { kind: name === "cli" ? "cli" : "api", name };
}
