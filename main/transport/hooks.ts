import type { onRequestAsyncHookHandler } from "fastify";
import { AppError } from "../contract/errors.ts";
import type { CheckBearer } from "./authenticate.ts";
import { foreignRequest, type AllowedHosts } from "./guard.ts";

/** Refuses requests that were addressed or sent by someone else's page. */
export function createGuardHook(allowedHosts: () => AllowedHosts): onRequestAsyncHookHandler {
  return async (request) => {
    const foreign = foreignRequest(request.headers, allowedHosts());
    if (foreign !== null) throw new AppError("request.foreign", 403, `This request is refused: ${foreign}.`);
  };
}

/** Refuses requests without the daemon's token. */
export function createAuthenticateHook(checkBearer: CheckBearer): onRequestAsyncHookHandler {
  return async (request) => {
    if (checkBearer(request.headers.authorization)) return;
    throw new AppError(
      "request.unauthorized",
      401,
      "Send the token from the connection file as a bearer token.",
    );
  };
}
