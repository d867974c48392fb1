import type { FastifyRequest } from "fastify";
import type { SessionService } from "../../areas/sessions/service.ts";
import { SessionId } from "../../contract/ids.ts";
import { queryValue, segment } from "../../transport/surface-kit/request-parts.ts";
import type { Route } from "../../transport/surface-kit/surface.ts";
import { pageSize } from "./page-size.ts";
import { notFound } from "./refusals.ts";
import { messageToWire, sessionToWire } from "./wire.ts";

/** Sketched in Glue's ADR-0010 section 10 and never built there. */
export function sessionRoutes({ sessions }: { readonly sessions: SessionService }): readonly Route[] {
  const find = (request: FastifyRequest) => {
    const id = SessionId.safeParse(segment(request, "id"));
    const session = id.success ? sessions.find(id.data) : null;
    if (session === null) throw notFound("session not found");
    return session;
  };
  return [
    {
      method: "GET",
      path: "/v1/sessions",
      needs: "read",
      handler: async (request) => {
        const page = await sessions.list({
          search: queryValue(request, "query"),
          limit: pageSize(queryValue(request, "limit")),
        });
        return { sessions: page.sessions.map(sessionToWire) };
      },
    },
    {
      method: "GET",
      path: "/v1/sessions/:id",
      needs: "read",
      handler: (request) => ({ session: sessionToWire(find(request)) }),
    },
    {
      method: "GET",
      path: "/v1/sessions/:id/messages",
      needs: "read",
      handler: (request) => {
        const session = find(request);
        const after = Number.parseInt(queryValue(request, "after") ?? "", 10);
        const from = after >= 0 ? after + 1 : 0;
        const page = sessions.messages(session.id, from, pageSize(queryValue(request, "limit")));
        return {
          messages: page.messages.map((message) => ({ index: message.index, ...messageToWire(message) })),
          total: page.total,
        };
      },
    },
  ];
}
