import type { FastifyInstance, FastifyRequest, HTTPMethods } from "fastify";
import type { Area, Endpoint } from "../../contract/define.ts";
import { invalidRequest } from "../../contract/errors.ts";
import { invoke, type Handlers } from "../../kernel/invoke.ts";
import { principalOf } from "../../transport/hooks.ts";
import { BODY_LIMIT_BYTES, methodNotAllowed } from "./errors.ts";

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
        const call = { area, name, endpoint, handler };
        const answer = await invoke(call, inputOf(request, endpoint), principalOf(request));
        return reply
          .status(endpoint.status ?? 200)
          .type("application/json")
          .send(JSON.stringify(answer));
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
function inputOf(request: FastifyRequest, endpoint: Endpoint): object {
  const hasBody = endpoint.method === "POST" || endpoint.method === "PUT";
  const given = hasBody ? bodyOf(request) : (request.query as object);
  return { ...given, ...(request.params as object) };
}

export function bodyOf(request: FastifyRequest): object {
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
