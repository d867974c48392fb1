import type { SessionService } from "../../areas/sessions/service.ts";
import { SessionId } from "../../contract/ids.ts";
import { notFound } from "./errors.ts";
import type { Handlers } from "./surface.ts";
import { messageToWire, sessionToWire } from "./wire.ts";

const PAGE = 50;
const LARGEST_PAGE = 500;

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
        const { query, limit } = request.query as { query?: string; limit?: string };
        const page = sessions.list({ search: query, limit: pageSize(limit) });
        return { sessions: page.sessions.map(sessionToWire) };
      },
    },
    "/v1/sessions/:id": { GET: (request) => ({ session: sessionToWire(find(request.params)) }) },
    "/v1/sessions/:id/messages": {
      GET: (request) => {
        const session = find(request.params);
        const { after, limit } = request.query as { after?: string; limit?: string };
        const from = Number.parseInt(after ?? "", 10) + 1 || 0;
        const page = sessions.messages(session.id, Math.max(0, from), pageSize(limit));
        return {
          messages: page.messages.map((message) => ({ index: message.index, ...messageToWire(message) })),
          total: page.total,
        };
      },
    },
  };
}

function pageSize(limit: string | undefined): number {
  const asked = Number.parseInt(limit ?? "", 10);
  return asked > 0 ? Math.min(asked, LARGEST_PAGE) : PAGE;
}
