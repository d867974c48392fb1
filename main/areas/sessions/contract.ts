import * as z from "zod";
import { defineArea } from "../../contract/define.ts";
import { RunId, SessionId } from "../../contract/ids.ts";

export const Usage = z.object({
  inputTokens: z.int().min(0),
  outputTokens: z.int().min(0),
  cacheReadTokens: z.int().min(0).optional(),
  cacheWriteTokens: z.int().min(0).optional(),
  totalTokens: z.int().min(0),
});
export type Usage = z.infer<typeof Usage>;

/** A call as the model made it. `arguments` is a JSON object, or the raw text when the model sent no valid JSON. */
export const ToolCall = z.object({ id: z.string(), name: z.string(), arguments: z.unknown() });
export type ToolCall = z.infer<typeof ToolCall>;

export const ContentPart = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("thinking"), thinking: z.string(), signature: z.string().optional() }),
  z.object({ type: z.literal("tool_call"), toolCall: ToolCall }),
]);
export type ContentPart = z.infer<typeof ContentPart>;

export const StopReason = z.enum(["stop", "length", "tool_use", "error", "canceled", "max_turns"]);
export type StopReason = z.infer<typeof StopReason>;

export const Message = z.object({
  role: z.enum(["user", "assistant", "tool"]),
  content: z.array(ContentPart),
  toolCallId: z.string().optional(),
  toolName: z.string().optional(),
  isError: z.boolean().optional(),
  provider: z.string().optional(),
  model: z.string().optional(),
  stopReason: StopReason.optional(),
  usage: Usage.optional(),
  createdAt: z.int(),
  /** Of a tool's result, what the tool says about it; else marks such as `guardrail`, `synthetic`, `compaction`. */
  metadata: z.record(z.string(), z.unknown()).optional(),
});
export type Message = z.infer<typeof Message>;

/** A message as kept: `index` is its place in the whole session, which compaction never changes. */
export const StoredMessage = Message.extend({ index: z.int().min(0), runId: RunId.nullable() });
export type StoredMessage = z.infer<typeof StoredMessage>;

/** A condensed beginning of a session: `summary` stands for the first `replaced` messages of what the model sees. */
export interface Compaction {
  readonly replaced: number;
  readonly summary: Message;
}

export const Session = z.object({
  id: SessionId,
  /** The beginning of its first prompt, at most 120 characters. */
  title: z.string(),
  clientId: z.string(),
  createdAt: z.int(),
  updatedAt: z.int(),
  messageCount: z.int().min(0),
  userMessageCount: z.int().min(0),
  assistantMessageCount: z.int().min(0),
  runCount: z.int().min(0),
});
export type Session = z.infer<typeof Session>;

export const sessions = defineArea({
  name: "sessions",
  nouns: { Session, StoredMessage, Message, ContentPart, ToolCall, Usage },
  endpoints: {
    listSessions: {
      method: "GET",
      path: "/sessions",
      summary: "Sessions, most recently used first.",
      pages: ["window"],
      scope: "read",
      input: z.object({
        /** Words looked for in id and title. */
        search: z.string().max(200).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(50),
        /** Continue after this `next` of the page before. */
        after: z.string().max(1200).optional(),
      }),
      output: z.object({ sessions: z.array(Session), next: z.string().nullable() }),
    },
    getSession: {
      method: "GET",
      path: "/sessions/:id",
      summary: "One session.",
      pages: ["window"],
      scope: "read",
      input: z.object({ id: SessionId }),
      output: Session,
    },
    listMessages: {
      method: "GET",
      path: "/sessions/:id/messages",
      summary: "Messages of a session, oldest first. A page ends early where they are long.",
      pages: ["window"],
      scope: "read",
      input: z.object({
        id: SessionId,
        from: z.coerce.number().int().min(0).default(0),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
      output: z.object({
        messages: z.array(StoredMessage),
        total: z.int(),
        next: z.int().nullable().describe("What `from` is for the next page; null at the end."),
      }),
    },
  },
  events: { changed: Session },
  eventScopes: { changed: "read" },
  errors: { not_found: 404 },
});
