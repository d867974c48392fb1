import * as z from "zod";
import { markedSnippet, MARKED_WORDS } from "../../areas/recall/marked-snippet.ts";
import type { RecallHit } from "../../areas/recall/contract.ts";
import type { RecallService } from "../../areas/recall/service.ts";
import { textBody } from "../../transport/surface-kit/bodies.ts";
import type { Route } from "../../transport/surface-kit/surface.ts";
import { parseBody } from "./body.ts";
import { badRequest } from "./refusals.ts";
import { time } from "./wire.ts";

const RecallBody = z.object({
  query: z.string().default(""),
  limit: z.int().default(0),
  memories_only: z.boolean().default(false),
});

const DEFAULT_HITS = 5;
const MAX_HITS = 20;
/** Memories are messages of this session there (Glue contract 5.4). */
const MEMORIES = "__memories__";
/** Nobody types more; what is pasted is looked for by its beginning. */
const MAX_QUERY = 20_000;

/** Glue contract 1.3 (7), 5.5. There a lower score is better. */
export function recallRoutes({ recall }: { readonly recall: RecallService }): readonly Route[] {
  return [
    {
      method: "POST",
      path: "/v1/recall",
      needs: "read",
      async handler(request) {
        const body = parseBody(RecallBody, textBody(request));
        const query = body.query.trim();
        if (query === "") throw badRequest("query is required");
        if (body.limit < 0) throw badRequest("limit must be non-negative");
        const { hits } = await recall.search(
          {
            query: query.slice(0, MAX_QUERY),
            limit: Math.min(MAX_HITS, body.limit || DEFAULT_HITS),
            memoriesOnly: body.memories_only,
            asYouType: false,
          },
          { snippetWords: MARKED_WORDS },
        );
        return { hits: hits.map(hitToWire) };
      },
    },
  ];
}

const hitToWire = (hit: RecallHit) => ({
  session_id: hit.kind === "memory" ? MEMORIES : hit.sessionId,
  index: hit.index ?? 0,
  role: hit.role,
  snippet: markedSnippet(hit),
  score: -hit.score,
  timestamp: time(hit.at),
});
