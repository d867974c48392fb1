import * as z from "zod";
import { Decider } from "../../contract/decider.ts";
import { defineArea } from "../../contract/define.ts";
import { DecisionId, GrantId, PermissionId, QuestionId, RunId, SessionId } from "../../contract/ids.ts";
import { Asker } from "../../contract/principal.ts";
import { Presentation, Sight } from "../inspection/contract.ts";
import { permissionSettings } from "./settings/contract.ts";

/** How long and how widely an answer is remembered. `once` remembers nothing. */
export const Scope = z.enum([
  "once",
  "session",
  "session_target",
  "minutes_15",
  "minutes_30",
  "minutes_60",
  "forever",
]);
export type Scope = z.infer<typeof Scope>;

/** A scope that may be chosen for this very request, with the sentence that says what it would remember. */
export const Choice = z.object({
  scope: Scope,
  sentence: z.string(),
  /** Set where it covers other calls than this one: what to ask back with before it counts. */
  beyond: z.string().optional(),
});
export type Choice = z.infer<typeof Choice>;

export const Outcome = z.enum(["allowed", "denied", "expired", "withdrawn"]);
export type Outcome = z.infer<typeof Outcome>;

/** What the ledger tells of: requests for permission, and questions that a person answers in words. */
export const LedgerOutcome = z.enum([...Outcome.options, "answered", "declined"]);
export type LedgerOutcome = z.infer<typeof LedgerOutcome>;

/**
 * Where a request came in: a run that Gatehouse hosts, a hook of an agent, an MCP client, a foreign dialect, or our own
 * API.
 */
export const AskDoor = z.enum(["run", "hook", "mcp", "dialect", "api"]);
export type AskDoor = z.infer<typeof AskDoor>;

/** Where a request comes from, as far as it is known. A run is one origin among several. */
export const Origin = z.object({
  door: AskDoor,
  runId: RunId.nullable(),
  sessionId: SessionId.nullable(),
  /** The agent or program, as it calls itself or as its key is named; "" if it gave no name. */
  clientId: z.string(),
  /** Absolute path of the folder the call is about. */
  folder: z.string(),
  /** The asker's own name for the call. */
  callId: z.string().nullable(),
});
export type Origin = z.infer<typeof Origin>;

/** What every row says of where it came from. `workDir` is the origin's folder. */
const whence = {
  ...Origin.omit({ folder: true }).shape,
  workDir: z.string(),
  asker: Asker,
};

/** Small enough for lists, menus and events. The full request is read by id. */
export const PermissionSummary = z.object({
  id: PermissionId,
  ...whence,
  tool: z.string(),
  action: z.string(),
  /** The first 200 characters of the target, control characters made visible. */
  targetPreview: z.string(),
  act: z.string(),
  wants: z.string(),
  /** Where all of it can be seen. Without a look there it is not to be allowed; of what waits no longer it says nothing. */
  sight: Sight,
  riskLevel: z.enum(["low", "medium", "high"]),
  /** SHA-256 over tool, arguments, working directory and what they lead to: checked again when the tool runs. */
  digest: z.string(),
  status: z.enum(["pending", "allowed", "denied", "expired", "withdrawn"]),
  askedAt: z.int(),
  /** Null: waits as long as it takes. */
  expiresAt: z.int().nullable(),
  settledAt: z.int().nullable(),
  decidedBy: Decider.nullable(),
  scope: Scope.nullable(),
  /** The words that went with the outcome: a person's note, or why it was withdrawn. */
  reason: z.string().nullable(),
});
export type PermissionSummary = z.infer<typeof PermissionSummary>;

export const PermissionRequest = PermissionSummary.extend({
  target: z.string(),
  arguments: z.unknown(),
  presentation: Presentation,
  /** What may be chosen; always begins with `once`, and ends with what covers more than this call. */
  choices: z.array(Choice),
});
export type PermissionRequest = z.infer<typeof PermissionRequest>;

export const Grant = z.object({
  id: GrantId,
  scope: Scope.exclude(["once"]),
  owner: z.string(),
  clientId: z.string(),
  sessionId: z.string().nullable(),
  tool: z.string(),
  action: z.string(),
  target: z.string().nullable(),
  workDir: z.string(),
  /** "claude-code may run `npm test` in ~/app" */
  sentence: z.string(),
  createdAt: z.int(),
  expiresAt: z.int().nullable(),
  lastUsedAt: z.int().nullable(),
  useCount: z.int(),
});
export type Grant = z.infer<typeof Grant>;

/** One row of the ledger: every outcome, the silent ones too. */
export const DecisionRecord = z.object({
  id: DecisionId,
  at: z.int(),
  permissionId: PermissionId.nullable(),
  /** Null unless it was a question, not a request for permission. */
  questionId: QuestionId.nullable(),
  ...whence,
  tool: z.string(),
  action: z.string(),
  targetPreview: z.string(),
  act: z.string(),
  /** Null for questions, and in rows of versions that did not write it down. */
  riskLevel: PermissionSummary.shape.riskLevel.nullable(),
  outcome: LedgerOutcome,
  decidedBy: Decider,
  scope: Scope.nullable(),
  /** The words that went with it; of a question, the answer. */
  reason: z.string().nullable(),
  /** From asking to the outcome; 0 for silent ones. */
  waitedMs: z.int(),
});
export type DecisionRecord = z.infer<typeof DecisionRecord>;

/** Something goes through from now on that did not: a sentence each. */
export const Loosened = z.object({
  at: z.int(),
  act: z.string(),
  sentences: z.array(z.string()),
  decidedBy: Decider,
});
export type Loosened = z.infer<typeof Loosened>;

const page = {
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z.string().max(200).optional(),
};

export const permissions = defineArea({
  name: "permissions",
  settings: permissionSettings,
  nouns: { PermissionSummary, PermissionRequest, Grant, DecisionRecord, Decider, Presentation },
  endpoints: {
    listPending: {
      method: "GET",
      path: "/permissions",
      summary: "Requests that wait for an answer, oldest first.",
      pages: ["window", "popup"],
      scope: "follow",
      input: z.object({}),
      output: z.object({ permissions: z.array(PermissionSummary) }),
    },
    getPermission: {
      method: "GET",
      path: "/permissions/:id",
      summary: "One request, whole: arguments, presentation, choices.",
      pages: ["window", "popup"],
      scope: "follow",
      input: z.object({ id: PermissionId }),
      output: PermissionRequest,
    },
    decide: {
      method: "POST",
      path: "/permissions/:id/decision",
      summary: "Answers a request. Exactly one answer wins; a late one is told the outcome.",
      pages: ["window", "popup"],
      scope: "answer",
      input: z.strictObject({
        id: PermissionId,
        decision: z.enum(["allow", "deny"]),
        scope: Scope.default("once"),
        /** Reaches the agent. */
        reason: z.string().max(10_000).optional(),
        /** The digest of what was shown; a request that differs is not answered. */
        digest: z.string().optional(),
        /** A denial is held back for a few seconds, in which it can be taken back. */
        undoable: z.boolean().optional(),
      }),
      output: PermissionSummary,
    },
    decideMany: {
      method: "POST",
      path: "/permissions/decisions",
      summary:
        "Answers many requests in the same way, each once. One that can't be answered spoils no other.",
      pages: ["window", "popup"],
      scope: "answer",
      input: z.strictObject({
        decision: z.enum(["allow", "deny"]),
        /** Reaches every agent. */
        reason: z.string().max(10_000).optional(),
        /** Each with the digest of what was shown; one that differs is not answered. */
        requests: z
          .array(z.strictObject({ id: PermissionId, digest: z.string() }))
          .min(1)
          .max(1000),
      }),
      output: z.object({
        settled: z.array(PermissionSummary),
        /** Somebody else was first. */
        late: z.array(PermissionId),
        failed: z.array(PermissionId),
      }),
    },
    undoDenial: {
      method: "POST",
      path: "/permissions/:id/undo",
      summary: "Takes back a denial of one's own that is still held back. The request waits again.",
      pages: ["window", "popup"],
      scope: "answer",
      input: z.object({ id: PermissionId }),
      output: PermissionSummary,
    },
    listDecided: {
      method: "GET",
      path: "/decisions",
      summary: "The ledger: every outcome and what decided it, newest first.",
      pages: ["window"],
      scope: "read",
      input: z.object({
        ...page,
        /** Words of what was asked, of the whole target, of the reason, or the asker's name. */
        search: z.string().max(200).optional(),
        outcome: LedgerOutcome.optional(),
        /** Decided at this moment or later. */
        since: z.coerce.number().int().min(0).optional(),
        /** Decided before this moment. */
        until: z.coerce.number().int().min(0).optional(),
      }),
      output: z.object({ decisions: z.array(DecisionRecord), next: z.string().nullable() }),
    },
    listGrants: {
      method: "GET",
      path: "/grants",
      summary: "What is remembered, oldest first.",
      pages: ["window"],
      scope: "read",
      input: z.object({}),
      output: z.object({ grants: z.array(Grant) }),
    },
    revokeGrant: {
      method: "DELETE",
      path: "/grants/:id",
      summary: "Forgets one grant; the next such call asks again.",
      pages: ["window"],
      scope: "remember",
      input: z.object({ id: GrantId }),
      output: Grant,
    },
    revokeGrants: {
      method: "POST",
      path: "/grants/revoke",
      summary: "Forgets several grants at once, all or none. Those that are gone already are left out.",
      pages: ["window"],
      scope: "remember",
      input: z.strictObject({ ids: z.array(GrantId).min(1).max(10_000) }),
      output: z.object({ grants: z.array(Grant) }),
    },
    restoreGrant: {
      method: "POST",
      path: "/grants/:id/restore",
      summary: "Takes back a revocation made within the last minute.",
      pages: ["window"],
      scope: "remember",
      input: z.object({ id: GrantId }),
      output: Grant,
    },
  },
  events: {
    asked: PermissionSummary,
    settled: PermissionSummary,
    /** Answered, and held back until then so that it can be undone: whoever asked has not heard of it. */
    denying: z.object({ request: PermissionSummary, until: z.int() }),
    /** It waits again. */
    undone: PermissionSummary,
    granted: Grant,
    revoked: z.object({ id: GrantId }),
    recorded: DecisionRecord,
    loosened: Loosened,
  },
  eventScopes: {
    denying: "answer",
    undone: "answer",
    granted: "read",
    revoked: "read",
    recorded: "read",
    loosened: "read",
  },
  errors: {
    not_found: 404,
    unshown: 422,
    already_settled: 409,
    too_late: 409,
    changed: 409,
    scope_refused: 422,
    grant_not_found: 404,
    for_person: 403,
    not_allowed: 403,
  },
});
