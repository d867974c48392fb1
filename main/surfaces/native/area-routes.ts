import type { FastifyRequest } from "fastify";
import type { Area, Endpoint, Presence } from "../../contract/define.ts";
import { invalidRequest } from "../../contract/errors.ts";
import { invoke, type Handlers } from "../../kernel/invoke.ts";
import { principalOf } from "../../transport/surface-kit/admission.ts";
import { jsonObject, textBody } from "../../transport/surface-kit/bodies.ts";
import type { Route } from "../../transport/surface-kit/surface.ts";

/** One route per endpoint of an area. Knows no endpoint by name. */
export function areaRoutes(prefix: string, area: Area, handlers: Handlers): readonly Route[] {
  return Object.entries(area.endpoints).map(([name, endpoint]) => {
    const handler = handlers[name];
    if (handler === undefined) throw new Error(`${area.name}.${name} has no handler`);
    return {
      method: endpoint.method,
      path: `${prefix}${endpoint.path}`,
      needs: endpoint.scope,
      async handler(request, reply) {
        const call = { area, name, endpoint, handler };
        const presence: Presence = { onLeft: (listener) => void reply.raw.once("close", listener) };
        const answer = await invoke(call, inputOf(request, endpoint), principalOf(request), presence);
        return reply.code(endpoint.status ?? 200).send(answer);
      },
    };
  });
}

/** Parameters of the path go before the query or body, so that nobody can name one thing and mean another. */
function inputOf(request: FastifyRequest, endpoint: Endpoint): object {
  const hasBody = endpoint.method === "POST" || endpoint.method === "PUT";
  const given = hasBody ? bodyOf(request) : (request.query as object);
  return { ...given, ...(request.params as object) };
}

export function bodyOf(request: FastifyRequest): object {
  try {
    return jsonObject(textBody(request));
  } catch (error) {
    throw error instanceof SyntaxError
      ? invalidRequest(`The body is not valid JSON: ${error.message}`)
      : invalidRequest("The body must be a JSON object.");
  }
}
