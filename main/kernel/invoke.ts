import type { Area, Endpoint, Presence, StreamFollower, StreamFollowing } from "../contract/define.ts";
import type * as z from "zod";
import { AppError, invalidRequest } from "../contract/errors.ts";
import { inWords, issuesInWords } from "../contract/issues.ts";
import type { AccessScope, Principal } from "../contract/principal.ts";

/** A handler as a mount sees it: the contract has checked the types where it was written. */
export type Handler = (input: never, principal: Principal, presence?: Presence) => unknown;
export type Handlers = Readonly<Record<string, Handler>>;

/** A source of a stream as a mount sees it. */
export type StreamSource = (
  input: never,
  follower: StreamFollower<unknown>,
  principal: Principal,
) => StreamFollowing;
/** By area, then by stream. */
export type StreamSources = Readonly<Record<string, Readonly<Record<string, StreamSource>>>>;

/**
 * Calls an endpoint, whichever door the call came through: the principal's scope, the input, the handler, the output.
 *
 * Contract: rejects with an AppError for a caller's fault, with any other error for a fault of ours. What the output's
 * schema does not declare is left out.
 */
export async function invoke(
  call: {
    readonly area: Area;
    readonly name: string;
    readonly endpoint: Endpoint;
    readonly handler: Handler;
  },
  input: unknown,
  principal: Principal,
  presence?: Presence,
): Promise<unknown> {
  const { area, name, endpoint, handler } = call;
  requireScope(principal, endpoint.scope);
  const output = await handler(parsedInput(endpoint.input, input) as never, principal, presence);
  const parsed = endpoint.output.safeParse(output, { error: inWords });
  if (parsed.success) return parsed.data;
  const issues = issuesInWords(parsed.error).join("; ");
  throw new Error(`The answer of ${area.name}.${name} does not fit its contract: ${issues}`);
}

/** Refuses what the caller was not given, and says what is missing. */
export function requireScope(principal: Principal, scope: AccessScope): void {
  if (!principal.scopes.has(scope)) throw missingScope(scope);
}

export const missingScope = (scope: string): AppError =>
  new AppError("request.forbidden", 403, `This caller may not do that: it needs the scope "${scope}".`, {
    data: { scope },
  });

/** What a caller sent, as the contract has it. */
export function parsedInput(schema: z.ZodObject, input: unknown): unknown {
  const parsed = schema.safeParse(input, { error: inWords });
  if (parsed.success) return parsed.data;
  const issues = issuesInWords(parsed.error);
  throw invalidRequest(`The request is not valid: ${issues.join("; ")}.`, issues);
}
