import type { SessionService } from "../../areas/sessions/service.ts";
import { SessionId } from "../../contract/ids.ts";
import { notFound } from "./errors.ts";
import { pageSize, queryValue } from "./query.ts";
import type { Handlers } from "./surface.ts";
import { messageToWire, sessionToWire } from "./wire.ts";

/** Sketched in Glue's ADR-0010 section 10 and never built there. */
export function sessionHandlers(deps: { readonly sessions: SessionService }): Handlers {
  const { sessions } = deps;
  const find = (params: unknown) => {
    const id = SessionId.safeParse((params as { id: string }).id);
    const session = id.success ? sessions.find(id.data) : null;
    if (session === null) throw notFound("session not found");
    return session;
  };
  return {
    "/v1/sessions": {
      GET: (request) => {
        const page = sessions.list({
          search: queryValue(request, "query"),
          limit: pageSize(queryValue(request, "limit")),
        });
        return { sessions: page.sessions.map(sessionToWire) };
      },
    },
    "/v1/sessions/:id": { GET: (request) => ({ session: sessionToWire(find(request.params)) }) },
    "/v1/sessions/:id/messages": {
      GET: (request) => {
        const session = find(request.params);
        const after = Number.parseInt(queryValue(request, "after") ?? "", 10);
        const from = after >= 0 ? after + 1 : 0;
        const page = sessions.messages(session.id, from, pageSize(queryValue(request, "limit")));
        return {
          messages: page.messages.map((message) => ({ index: message.index, ...messageToWire(message) })),
          total: page.total,
        };
      },
    },
  };
}
