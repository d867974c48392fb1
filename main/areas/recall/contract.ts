import * as z from "zod";
import { defineArea } from "../../contract/define.ts";
import { MemoryId, RunId, SessionId } from "../../contract/ids.ts";

export const SnippetPart = z.object({ text: z.string(), isHit: z.boolean() });
export type SnippetPart = z.infer<typeof SnippetPart>;

/** A place where something was said, printed or kept. */
export const RecallHit = z.object({
  kind: z.enum(["message", "memory"]),
  sessionId: SessionId.nullable(),
  /** The message's place in its session. */
  index: z.int().min(0).nullable(),
  runId: RunId.nullable(),
  memoryId: MemoryId.nullable(),
  role: z.enum(["user", "assistant", "tool"]),
  clientId: z.string(),
  at: z.int(),
  snippet: z.array(SnippetPart),
  isCutBefore: z.boolean(),
  isCutAfter: z.boolean(),
  /** Higher is better; only to be compared within an answer. */
  score: z.number(),
});
export type RecallHit = z.infer<typeof RecallHit>;

const MAX_NAMES = 50;

export const RecallQuestion = z.object({
  /** Words, `"side by side"`, `begin*`, AND, OR, NOT. Any text is a question. */
  query: z.string().max(20_000),
  sessions: z.array(SessionId).max(MAX_NAMES).optional(),
  roles: z
    .array(z.enum(["user", "assistant", "tool"]))
    .max(3)
    .optional(),
  clients: z.array(z.string().max(1024)).max(MAX_NAMES).optional(),
  tags: z.array(z.string().max(200)).max(MAX_NAMES).optional(),
  /** From this moment on. */
  since: z.int().optional(),
  /** Before this moment. */
  until: z.int().optional(),
  memoriesOnly: z.boolean().default(false),
  /** The last word may be unfinished. */
  asYouType: z.boolean().default(false),
  limit: z.int().min(1).max(100).default(20),
  /** Continue after this `next` of the page before: what came since then does not move its pages. */
  after: z.string().max(10_000).optional(),
});
export type RecallQuestion = z.infer<typeof RecallQuestion>;

export const RecallAnswer = z.object({
  hits: z.array(RecallHit),
  next: z.string().nullable(),
  instead: z.string().nullable().describe("What was searched because nothing matched as it was typed."),
  missing: z.int().min(0).describe("About how many messages are not searched yet."),
});
export type RecallAnswer = z.infer<typeof RecallAnswer>;

export const RecallProgress = z.object({
  indexed: z.int().min(0).nullable().describe("Messages that are searched; null before anybody has looked."),
  missing: z.int().min(0).describe("About how many are not yet."),
  trouble: z.string().nullable(),
});
export type RecallProgress = z.infer<typeof RecallProgress>;

export const recall = defineArea({
  name: "recall",
  nouns: { RecallHit, SnippetPart },
  endpoints: {
    search: {
      method: "POST",
      path: "/recall",
      summary: "Looks for words in all messages, outputs of tools and memories, the best first.",
      pages: ["window"],
      scope: "read",
      input: RecallQuestion,
      output: RecallAnswer,
    },
    getProgress: {
      method: "GET",
      path: "/recall/progress",
      summary: "How much of the history can be searched.",
      pages: ["window"],
      scope: "read",
      input: z.object({}),
      output: RecallProgress,
    },
  },
  events: {},
  errors: { unavailable: 503 },
});
