import * as z from "zod";
import type { Tool } from "../catalogs/tools/tool.ts";
import type { ToolResult } from "../runs/contract.ts";
import type { RecallHit } from "./contract.ts";
import { markedSnippet, MARKED_WORDS } from "./marked-snippet.ts";
import type { RecallService } from "./service.ts";

const DEFAULT_HITS = 5;
const MAX_HITS = 20;

const parameters = z.object({
  query: z
    .string()
    .min(1)
    .max(10_000)
    .describe('Words to look for; "side by side", begin*, AND, OR and NOT are understood.'),
  limit: z.int().min(1).max(MAX_HITS).default(DEFAULT_HITS).describe("How many of the best to give."),
  memories_only: z.boolean().default(false).describe("Look only at what was kept on purpose."),
});

const { $schema: _dialect, ...schema } = z.toJSONSchema(parameters, { io: "input" });

/** Lets an agent look up what was said before, in this session and in others. It only reads. */
export function createRecallTool(service: Pick<RecallService, "search">): Tool {
  return {
    info: {
      name: "recall",
      description:
        "Search everything that was said before, in all sessions, and what was kept as memories. Gives the best places with the words around them.",
      parameters: schema,
      requiresPermission: false,
      permissionAction: null,
      permissionTargetPreview: null,
    },
    async execute(args, { signal }) {
      const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));
      const parsed = parameters.safeParse(given);
      if (!parsed.success) {
        const issues = parsed.error.issues.map(
          ({ path, message }) => `${path.join(".") || "arguments"}: ${message}`,
        );
        return failed(`invalid arguments: ${issues.slice(0, 5).join("; ")}`);
      }
      const { query, limit, memories_only: memoriesOnly } = parsed.data;
      try {
        const { hits, instead } = await service.search(
          { query, limit, memoriesOnly, asYouType: false },
          { snippetWords: MARKED_WORDS },
        );
        if (signal.aborted) return failed("stopped: the run was canceled");
        const note = instead === null ? [] : [`Nothing matches as asked. These match: ${instead}`];
        const content = [...note, ...hits.map(lineOf)].join("\n") || "Nothing was found.";
        return { content, isError: false, metadata: { hits: hits.length } };
      } catch (error) {
        return failed(error instanceof Error ? error.message : String(error));
      }
    },
  };
}

const failed = (content: string): ToolResult => ({ content, isError: true });

function lineOf(hit: RecallHit): string {
  const when = new Date(hit.at).toISOString();
  const place =
    hit.kind === "memory"
      ? `memory ${hit.memoryId}`
      : `${hit.role} in session ${JSON.stringify(hit.sessionId)}`;
  return `- ${when}, ${place}: ${markedSnippet(hit)}`;
}
