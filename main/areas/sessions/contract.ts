import * as z from "zod";
import { defineArea } from "../../contract/define.ts";
import { RunId, SessionId } from "../../contract/ids.ts";
import { MAX_PAGE_CHARACTERS } from "../../contract/limits.ts";

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

/** Words that people put on sessions, to find them by. */
export const Tag = z.string().trim().min(1).max(64);
export const Tags = z.array(Tag).max(32);

/** A path from the root on, or from `~`. */
export const Folder = z.string().min(1).max(4096);

export const Session = z.object({
  id: SessionId,
  /** What a person called it, else the beginning of its first prompt, at most 120 characters. */
  title: z.string(),
  clientId: z.string(),
  createdAt: z.int(),
  updatedAt: z.int(),
  messageCount: z.int().min(0),
  userMessageCount: z.int().min(0),
  assistantMessageCount: z.int().min(0),
  runCount: z.int().min(0),
  tags: Tags,
  /** Put away: it is in no list unless asked for. Null: it is not. */
  archivedAt: z.int().nullable(),
  /** The folder its runs work in; null: the one of the settings. */
  workspace: z.string().nullable(),
  /** The session it shares its beginning with, and the place of its first message of its own. */
  parent: z.object({ id: SessionId, index: z.int().min(0) }).nullable(),
});
export type Session = z.infer<typeof Session>;

export const DeletionId = z
  .string()
  .regex(/^del_[0-9a-f]{32}$/, "must look like del_ and 32 hex digits")
  .brand<"DeletionId", "inout">();
export type DeletionId = z.infer<typeof DeletionId>;

/** A session that is gone from everywhere, and can come back for a while. */
export const Deletion = z.object({
  id: DeletionId,
  sessionId: SessionId,
  title: z.string(),
  /** From then on it can't be taken back, and what it held is removed. */
  undoUntil: z.int(),
});
export type Deletion = z.infer<typeof Deletion>;

export const ImportId = z
  .string()
  .regex(/^imp_[0-9a-f]{32}$/, "must look like imp_ and 32 hex digits")
  .brand<"ImportId", "inout">();
export type ImportId = z.infer<typeof ImportId>;

/** A file that comes in, as far as it has been read. Nothing of it is in any list before it is finished. */
export const ImportState = z.object({
  id: ImportId,
  title: z.string(),
  /** What it was called where it comes from. Here it gets a name of its own. */
  sessionId: z.string(),
  messages: z.int(),
  compactions: z.int(),
  /** Its end has been read. */
  isWhole: z.boolean(),
});
export type ImportState = z.infer<typeof ImportState>;

/** A summary in place of what is before `from`; it tells of no message from `toldTo` on. */
export const StoredCompaction = z.object({
  from: z.int(),
  toldTo: z.int(),
  createdAt: z.int(),
  summary: Message,
});
export type StoredCompaction = z.infer<typeof StoredCompaction>;

/** Of many, one that could not be done. */
const Refusal = z.object({ id: z.string(), code: z.string(), message: z.string() });
export type Refusal = z.infer<typeof Refusal>;

const MAX_AT_ONCE = 500;
const manySessions = z.array(SessionId).min(1).max(MAX_AT_ONCE);

export const sessions = defineArea({
  name: "sessions",
  nouns: {
    Session,
    Deletion,
    ImportState,
    StoredCompaction,
    StoredMessage,
    Message,
    ContentPart,
    ToolCall,
    Usage,
  },
  endpoints: {
    listSessions: {
      method: "GET",
      path: "/sessions",
      summary: "Sessions, most recently used first.",
      pages: ["window"],
      scope: "read",
      input: z.object({
        /** Words looked for in id, title and tags. */
        search: z.string().max(200).optional(),
        tag: Tag.optional(),
        /** Archived sessions are in a list of their own. */
        state: z.enum(["listed", "archived"]).default("listed"),
        limit: z.coerce.number().int().min(1).max(500).default(50),
        /** Continue after this `next` of the page before. */
        after: z.string().max(1200).optional(),
      }),
      output: z.object({ sessions: z.array(Session), next: z.string().nullable() }),
    },
    listTags: {
      method: "GET",
      path: "/session-tags",
      summary: "The first 200 tags that sessions have, by the alphabet.",
      pages: ["window"],
      scope: "read",
      input: z.object({}),
      output: z.object({ tags: z.array(z.string()) }),
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
    editSession: {
      method: "PUT",
      path: "/sessions/:id",
      summary: "Gives a session another title, or other tags.",
      pages: ["window"],
      scope: "write",
      input: z.strictObject({
        id: SessionId,
        title: z.string().trim().min(1).max(200).optional(),
        tags: Tags.optional(),
      }),
      output: Session,
    },
    archiveSessions: {
      method: "POST",
      path: "/sessions/archive",
      summary: "Puts sessions away, or back into the list. A run brings its session back by itself.",
      pages: ["window"],
      scope: "write",
      input: z.strictObject({ ids: manySessions, archived: z.boolean().default(true) }),
      output: z.object({ sessions: z.array(Session), refused: z.array(Refusal) }),
    },
    deleteSessions: {
      method: "POST",
      path: "/sessions/delete",
      summary:
        "Deletes sessions with their messages, runs and events. They are gone from every list at once, and can be taken back for a while. Decisions stay on record. One with a run that goes on is refused.",
      pages: ["window"],
      scope: "write",
      input: z.strictObject({ ids: manySessions }),
      output: z.object({ deleted: z.array(Deletion), refused: z.array(Refusal) }),
    },
    restoreSessions: {
      method: "POST",
      path: "/sessions/restore",
      summary: "Takes deletions back, as long as that is possible.",
      pages: ["window"],
      scope: "write",
      input: z.strictObject({ deletions: z.array(DeletionId).min(1).max(MAX_AT_ONCE) }),
      output: z.object({ sessions: z.array(Session), refused: z.array(Refusal) }),
    },
    moveSession: {
      method: "PUT",
      path: "/sessions/:id/workspace",
      summary:
        "Lets the runs of a session work in another folder from now on; null is the folder of the settings. What was remembered for the old folder does not hold in the new one. A folder outside of where it worked before waits for the person, unless the person does it.",
      pages: ["window"],
      scope: "write",
      input: z.strictObject({ id: SessionId, folder: Folder.nullable() }),
      output: Session,
    },
    forkSession: {
      method: "POST",
      path: "/sessions/:id/fork",
      summary:
        "A new session that shares the beginning of this one, up to and with a message: all of it if none is named. Runs in either do not show in the other.",
      status: 201,
      pages: ["window"],
      scope: "write",
      input: z.strictObject({
        id: SessionId,
        /** The last message it shares. */
        index: z.int().min(0).optional(),
        /** The new session's own name. */
        newId: SessionId.optional(),
      }),
      output: Session,
    },
    getFamily: {
      method: "GET",
      path: "/sessions/:id/family",
      summary:
        "The sessions that this one was forked from, the nearest first, and those that were forked from it; 100 of each at most.",
      pages: ["window"],
      scope: "read",
      input: z.object({ id: SessionId }),
      output: z.object({ ancestors: z.array(Session), children: z.array(Session) }),
    },
    listCompactions: {
      method: "GET",
      path: "/sessions/:id/compactions",
      summary:
        "Where the model's view of a session began, the newest last: at `from`, with a summary in place of what is before. The messages themselves are all there.",
      pages: ["window"],
      scope: "read",
      input: z.object({ id: SessionId }),
      output: z.object({ compactions: z.array(StoredCompaction) }),
    },
    exportSession: {
      method: "GET",
      path: "/sessions/:id/export",
      summary:
        "A session as a file, piece by piece: joined in order, the texts are the file. The JSON can be imported; it has every message, also those shared with others.",
      pages: ["window"],
      scope: "read",
      input: z.object({
        id: SessionId,
        format: z.enum(["json", "markdown"]).default("json"),
        /** Continue after this `next` of the piece before. */
        after: z.string().max(40).optional(),
      }),
      output: z.object({ text: z.string(), next: z.string().nullable() }),
    },
    beginImport: {
      method: "POST",
      path: "/session-imports",
      summary: "Begins to read a file that `exportSession` has written.",
      status: 201,
      pages: ["window"],
      scope: "write",
      input: z.strictObject({}),
      output: ImportState,
    },
    addToImport: {
      method: "POST",
      path: "/session-imports/:id/parts",
      summary:
        "The next piece of the file, cut anywhere. A file that is not as exported is given up as a whole.",
      pages: ["window"],
      scope: "write",
      input: z.strictObject({ id: ImportId, text: z.string().max(MAX_PAGE_CHARACTERS) }),
      output: ImportState,
    },
    finishImport: {
      method: "POST",
      path: "/session-imports/:id/finish",
      summary:
        "Makes a new session of a file that has been read to its end. No session that is here is changed.",
      status: 201,
      pages: ["window"],
      scope: "write",
      input: z.strictObject({ id: ImportId }),
      output: Session,
    },
    abandonImport: {
      method: "DELETE",
      path: "/session-imports/:id",
      summary: "Gives up a file; what was read of it is removed.",
      pages: ["window"],
      scope: "write",
      input: z.object({ id: ImportId }),
      output: z.object({}),
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
  events: { changed: Session, removed: z.object({ id: SessionId }) },
  eventScopes: { changed: "read", removed: "read" },
  errors: {
    not_found: 404,
    no_message: 404,
    in_use: 409,
    name_taken: 409,
    too_deep: 409,
    other_folder: 409,
    no_folder: 422,
    bad_file: 422,
    busy: 429,
    too_late: 410,
  },
});
