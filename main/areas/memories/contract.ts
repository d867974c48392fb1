import * as z from "zod";
import { defineArea } from "../../contract/define.ts";
import { MemoryId, RunId, SessionId } from "../../contract/ids.ts";
import {
  MAX_IMPORT_CHARACTERS,
  MAX_MEMORY_CHARACTERS,
  MAX_MEMORY_TAGS,
  MAX_TAG_CHARACTERS,
} from "../../contract/limits.ts";
import { Diff } from "../inspection/contract.ts";
import { memorySettings } from "./settings/contract.ts";

/** Where something comes from. A run names itself and its call; a client is a program at the API, the command line too. */
export const MemorySource = z.object({
  kind: z.enum(["person", "run", "client", "import"]),
  runId: RunId.nullable(),
  /** The model's own name for the call that kept it. */
  callId: z.string().nullable(),
  sessionId: SessionId.nullable(),
  /** What the run's or the program's client calls itself; "" if it gave no name. */
  clientId: z.string(),
});
export type MemorySource = z.infer<typeof MemorySource>;

/** Something that is to be known later, in a person's or an agent's words. */
export const Memory = z.object({
  id: MemoryId,
  content: z.string(),
  tags: z.array(z.string()),
  /** Told to every run that is told anything, before what fits its prompt. */
  pinned: z.boolean(),
  source: MemorySource,
  createdAt: z.int(),
  /** Of its words and tags. */
  updatedAt: z.int(),
  /** Number of the revision that holds now. */
  revision: z.int().min(1),
});
export type Memory = z.infer<typeof Memory>;

/** Words and tags as they were from one moment on. */
export const MemoryRevision = z.object({
  number: z.int().min(1),
  at: z.int(),
  by: MemorySource,
  content: z.string(),
  tags: z.array(z.string()),
  /** Against the revision before; null for the first. */
  diff: Diff.nullable(),
});
export type MemoryRevision = z.infer<typeof MemoryRevision>;

/** Why a run was told of a memory: it is pinned, or these words of the prompt are in it. */
export const MemoryReason = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("pinned") }),
  z.object({ kind: z.literal("words"), words: z.array(z.string()) }),
]);
export type MemoryReason = z.infer<typeof MemoryReason>;

/** A run was told of it, as it was in that revision. */
export const MemoryUse = z.object({
  memoryId: MemoryId,
  revision: z.int().min(1),
  runId: RunId,
  sessionId: SessionId,
  at: z.int(),
  why: MemoryReason,
});
export type MemoryUse = z.infer<typeof MemoryUse>;

const Content = z.string().max(MAX_MEMORY_CHARACTERS);
const Tags = z.array(z.string().max(MAX_TAG_CHARACTERS)).max(MAX_MEMORY_TAGS);
const isSecretMeant = z
  .boolean()
  .default(false)
  .describe("The person knows that it looks like a secret, and wants it kept. Counts from the person only.");
const Ids = z.array(MemoryId).min(1).max(1_000);

export const memories = defineArea({
  name: "memories",
  settings: memorySettings,
  nouns: { Memory, MemorySource, MemoryRevision, MemoryUse },
  endpoints: {
    listMemories: {
      method: "GET",
      path: "/memories",
      summary: "What is kept, newest first.",
      pages: ["window"],
      scope: "read",
      input: z.object({
        /** Words looked for in content and tags, by their beginnings. */
        search: z.string().max(200).optional(),
        tag: z.string().max(MAX_TAG_CHARACTERS).optional(),
        pinned: z.stringbool().or(z.boolean()).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(50),
        /** Continue after this `next` of the page before. */
        after: z.string().max(200).optional(),
      }),
      output: z.object({
        memories: z.array(Memory),
        next: z.string().nullable(),
        total: z.int().describe("Of all that are kept, whatever was looked for."),
      }),
    },
    listTags: {
      method: "GET",
      path: "/memories/tags",
      summary: "The tags that memories have, in their order, at most 500.",
      pages: ["window"],
      scope: "read",
      input: z.object({}),
      output: z.object({ tags: z.array(z.string()) }),
    },
    addMemory: {
      method: "POST",
      path: "/memories",
      summary: "Keeps something.",
      status: 201,
      pages: ["window"],
      scope: "write",
      input: z.strictObject({
        content: Content,
        tags: Tags.default([]),
        pinned: z.boolean().default(false),
        isSecretMeant,
      }),
      output: Memory,
    },
    getMemory: {
      method: "GET",
      path: "/memories/:id",
      summary: "One memory.",
      pages: ["window"],
      scope: "read",
      input: z.object({ id: MemoryId }),
      output: Memory,
    },
    editMemory: {
      method: "PUT",
      path: "/memories/:id",
      summary: "Changes what is given of it. What it was stays in its history.",
      pages: ["window"],
      scope: "write",
      input: z.strictObject({
        id: MemoryId,
        content: Content.optional(),
        tags: Tags.optional(),
        pinned: z.boolean().optional(),
        isSecretMeant,
      }),
      output: Memory,
    },
    deleteMemories: {
      method: "POST",
      path: "/memories/delete",
      summary:
        "Deletes memories, all in one. For ten minutes it can be taken back; then nothing of them is left.",
      pages: ["window"],
      scope: "write",
      input: z.strictObject({ ids: Ids }),
      output: z.object({
        deleted: z.array(MemoryId).describe("Those that there were."),
        undoUntil: z.int(),
      }),
    },
    undoDelete: {
      method: "POST",
      path: "/memories/undo",
      summary: "Brings back what was deleted, as it was.",
      pages: ["window"],
      scope: "write",
      input: z.strictObject({ ids: Ids }),
      output: z.object({ restored: z.array(MemoryId).describe("Those for which it was not too late.") }),
    },
    listRevisions: {
      method: "GET",
      path: "/memories/:id/revisions",
      summary: "What it was, newest first, with what each revision changed.",
      pages: ["window"],
      scope: "read",
      input: z.object({
        id: MemoryId,
        limit: z.coerce.number().int().min(1).max(20).default(10),
        /** Continue with those before this number. */
        before: z.coerce.number().int().min(1).optional(),
      }),
      output: z.object({
        revisions: z.array(MemoryRevision),
        next: z.int().nullable(),
      }),
    },
    restoreRevision: {
      method: "POST",
      path: "/memories/:id/restore",
      summary: "Makes it what it was in a revision. That is a revision of its own.",
      pages: ["window"],
      scope: "write",
      input: z.strictObject({ id: MemoryId, revision: z.int().min(1), isSecretMeant }),
      output: Memory,
    },
    listUses: {
      method: "GET",
      path: "/memories/:id/uses",
      summary: "The runs that were told of it, newest first.",
      pages: ["window"],
      scope: "read",
      input: z.object({
        id: MemoryId,
        limit: z.coerce.number().int().min(1).max(200).default(50),
        /** Continue after this `next` of the page before. */
        after: z.coerce.number().int().min(1).optional(),
      }),
      output: z.object({ uses: z.array(MemoryUse), next: z.int().nullable() }),
    },
    listGiven: {
      method: "GET",
      path: "/runs/:runId/memories",
      summary:
        "What a run was told of when it started, and why; `memory` is null for what has been deleted since.",
      pages: ["window"],
      scope: "read",
      input: z.object({ runId: RunId }),
      output: z.object({ given: z.array(MemoryUse.extend({ memory: Memory.nullable() })) }),
    },
    exportMemories: {
      method: "GET",
      path: "/memories/export",
      summary:
        "What is kept, as text, piece by piece: joined they are one file. JSON is the envelope `peggy.memories`.",
      pages: ["window"],
      scope: "read",
      input: z.object({
        format: z.enum(["json", "markdown"]).default("json"),
        after: z.string().max(200).optional(),
      }),
      output: z.object({ text: z.string(), next: z.string().nullable() }),
    },
    importMemories: {
      method: "POST",
      path: "/memories/import",
      summary:
        "Takes in an export, JSON or Markdown. What is there already is skipped, by its id or its words. `preview` only counts.",
      pages: ["window"],
      scope: "write",
      input: z.strictObject({
        text: z.string().max(MAX_IMPORT_CHARACTERS),
        preview: z.boolean().default(false),
        isSecretMeant,
      }),
      output: z.object({
        found: z.int(),
        added: z.int().describe("In a preview, those that would be."),
        skipped: z.int().describe("There already, or twice in the file."),
        secrets: z.int().describe("Left out because they look like secrets."),
        unfit: z.int().describe("Left out because they are blank, too long or no text."),
      }),
    },
  },
  events: {
    /** Kept, changed, or back again. */
    changed: Memory,
    removed: z.object({ ids: z.array(MemoryId), undoUntil: z.int() }),
    /** Many at once: whoever lists them asks anew. */
    replaced: z.object({ added: z.int() }),
    /** A run was told of some. */
    given: z.object({ runId: RunId, memoryIds: z.array(MemoryId) }),
  },
  eventScopes: { changed: "read", removed: "read", replaced: "read", given: "read" },
  errors: {
    not_found: 404,
    changed: 409,
    blank: 422,
    unfit: 422,
    unreadable: 422,
    kept_already: 409,
    too_many: 409,
    looks_secret: 409,
    not_allowed: 403,
  },
});
