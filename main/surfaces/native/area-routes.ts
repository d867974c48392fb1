import type { FastifyInstance, FastifyRequest, HTTPMethods } from "fastify";
import type { Area, Caller, Endpoint } from "../../contract/define.ts";
import { invalidRequest } from "../../contract/errors.ts";
import { inWords, issuesInWords } from "../../contract/issues.ts";
import { callerOf } from "./caller.ts";
import { BODY_LIMIT_BYTES, methodNotAllowed } from "./errors.ts";

/** A handler as the mount sees it: the contract has checked the types where it was written. */
export type Handler = (input: never, caller: Caller) => unknown;
export type Handlers = Readonly<Record<string, Handler>>;

/** One HTTP route per endpoint of an area. Knows no endpoint by name. */
export function mountArea(scope: FastifyInstance, area: Area, handlers: Handlers): void {
  for (const [name, endpoint] of Object.entries(area.endpoints)) {
    const handler = handlers[name];
    if (handler === undefined) throw new Error(`${area.name}.${name} has no handler`);
    scope.route({
      method: endpoint.method,
      url: endpoint.path,
      bodyLimit: BODY_LIMIT_BYTES,
      async handler(request, reply) {
        const output = await handler(inputOf(request, endpoint) as never, callerOf(request));
        const answer = JSON.stringify(outputOf(output, endpoint, `${area.name}.${name}`));
        return reply
          .status(endpoint.status ?? 200)
          .type("application/json")
          .send(answer);
      },
    });
  }
}

const METHODS: readonly HTTPMethods[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Says 405 with the methods that are possible, for every path that exists. */
export function mountMethodRefusals(
  scope: FastifyInstance,
  routes: readonly { readonly method: HTTPMethods; readonly path: string }[],
): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const allowed = routes.filter((route) => route.path === path).map(({ method }) => method);
    scope.route({
      method: METHODS.filter((method) => !allowed.includes(method)),
      url: path,
      // Before the body is read: what comes with a wrong method is of no interest.
      async onRequest(request, reply) {
        void reply.header("allow", allowed.join(", "));
        throw methodNotAllowed(request.method, allowed);
      },
      handler: () => undefined,
    });
  }
}

/** Parameters of the path go before the query or body, so that nobody can name one thing and mean another. */
function inputOf(request: FastifyRequest, endpoint: Endpoint): unknown {
  const hasBody = endpoint.method === "POST" || endpoint.method === "PUT";
  const given = hasBody ? bodyOf(request) : (request.query as object);
  const parsed = endpoint.input.safeParse({ ...given, ...(request.params as object) }, { error: inWords });
  if (parsed.success) return parsed.data;
  const issues = issuesInWords(parsed.error);
  throw invalidRequest(`The request is not valid: ${issues.join("; ")}.`, issues);
}

function bodyOf(request: FastifyRequest): object {
  const text = typeof request.body === "string" ? request.body : "";
  if (text.trim() === "") return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw invalidRequest(`The body is not valid JSON: ${(error as Error).message}`);
  }
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  throw invalidRequest("The body must be a JSON object.");
}

/** Leaves out what the contract does not declare; an output that does not fit is a bug of ours. */
function outputOf(output: unknown, endpoint: Endpoint, name: string): unknown {
  const parsed = endpoint.output.safeParse(output, { error: inWords });
  if (parsed.success) return parsed.data;
  throw new Error(
    `The answer of ${name} does not fit its contract: ${issuesInWords(parsed.error).join("; ")}`,
  );
}
