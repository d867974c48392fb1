import { Decider } from "../../contract/decider.ts";
import * as z from "zod";
import { defineArea } from "../../contract/define.ts";
import { PermissionId, QuestionId, RunId, SessionId } from "../../contract/ids.ts";
import { MAX_PROMPT_CHARACTERS } from "../../contract/limits.ts";
import { Presentation } from "../inspection/contract.ts";
import { Outcome, Scope } from "../permissions/contract.ts";
import { QuestionStatus } from "../questions/contract.ts";
import { Folder, Message, ToolCall, Usage } from "../sessions/contract.ts";

/** `queued` waits for its session, `waiting` for a person; the last three are ends. */
export const RunStatus = z.enum(["queued", "running", "waiting", "done", "failed", "canceled"]);
export type RunStatus = z.infer<typeof RunStatus>;

export const RunError = z.object({ code: z.string(), message: z.string() });
export type RunError = z.infer<typeof RunError>;

export const Run = z.object({
  id: RunId,
  sessionId: SessionId,
  clientId: z.string(),
  /** The beginning of the prompt, at most 120 characters. */
  title: z.string(),
  status: RunStatus,
  /** Goes on when nobody watches. */
  detached: z.boolean(),
  provider: z.string(),
  model: z.string(),
  startedAt: z.int(),
  endedAt: z.int().nullable(),
  error: RunError.nullable(),
  usage: Usage.nullable(),
  toolCalls: z.int(),
  lastSeq: z.int(),
});
export type Run = z.infer<typeof Run>;

export const ToolResult = z.object({
  content: z.string(),
  isError: z.boolean(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
export type ToolResult = z.infer<typeof ToolResult>;

/** What happens in a run, in order. Nothing is said twice: a later event never repeats an earlier one's message. */
export const RunEventBody = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("run_start"),
    clientId: z.string(),
    prompt: z.string(),
    skill: z.string().optional(),
  }),
  z.object({ type: z.literal("loop_start") }),
  z.object({ type: z.literal("turn_start") }),
  z.object({ type: z.literal("message_start"), message: Message }),
  z.object({ type: z.literal("text_delta"), delta: z.string() }),
  z.object({ type: z.literal("message_end"), message: Message }),
  z.object({ type: z.literal("tool_start"), call: ToolCall }),
  z.object({
    type: z.literal("permission_request"),
    permissionId: PermissionId,
    tool: z.string(),
    action: z.string(),
    target: z.string(),
    arguments: z.unknown(),
    expiresAt: z.int().nullable(),
    presentation: Presentation,
  }),
  z.object({
    type: z.literal("permission_settled"),
    permissionId: PermissionId,
    outcome: Outcome,
    decidedBy: Decider,
    scope: Scope.nullable(),
    reason: z.string().nullable(),
  }),
  /** What is asked is in the question itself. */
  z.object({ type: z.literal("question_asked"), questionId: QuestionId }),
  z.object({
    type: z.literal("question_settled"),
    questionId: QuestionId,
    outcome: QuestionStatus.exclude(["pending"]),
    decidedBy: Decider,
  }),
  z.object({
    type: z.literal("tool_end"),
    /** With normalized arguments. */
    call: ToolCall,
    result: ToolResult,
    /** Of the tool alone, without the wait for a person. */
    durationMs: z.int(),
    /** How it came to run or not: asked, by which rule or grant; null for tools that need no permission. */
    decidedBy: Decider.nullable(),
    createdAt: z.int(),
  }),
  z.object({ type: z.literal("turn_end") }),
  z.object({
    type: z.literal("retry"),
    error: z.string(),
    attempt: z.int(),
    maxAttempts: z.int(),
    delayMs: z.int(),
  }),
  z.object({
    type: z.literal("guardrail"),
    kind: z.enum(["repeat", "mistakes"]),
    count: z.int(),
    action: z.enum(["nudge", "halt"]),
    error: z.string(),
    /** The words put to the model at a nudge. */
    message: Message.optional(),
  }),
  /** A pass of the loop failed. Not the end of the run. */
  z.object({ type: z.literal("error"), error: z.string() }),
  z.object({ type: z.literal("loop_end") }),
  /** The view of the history that the model gets was condensed; the history itself is whole. */
  z.object({ type: z.literal("compacted"), replaced: z.int(), summary: z.string() }),
  z.object({ type: z.literal("run_done"), text: z.string(), usage: Usage.nullable() }),
  z.object({ type: z.literal("run_error"), code: z.string(), message: z.string() }),
]);
export type RunEventBody = z.infer<typeof RunEventBody>;

/** `seq` counts the events of one run, from 1, without gaps. `at` is epoch milliseconds. */
export const RunEvent = z.object({ seq: z.int().min(1), at: z.int() }).and(RunEventBody);
export type RunEvent = { readonly seq: number; readonly at: number } & RunEventBody;

/** Events of one run that came together. */
export const RunProgress = z.object({ runId: RunId, events: z.array(RunEvent) });

export const StartRun = z.strictObject({
  sessionId: SessionId,
  text: z.string().min(1).max(MAX_PROMPT_CHARACTERS),
  clientId: z.string().max(200).default(""),
  provider: z.string().max(200).optional(),
  model: z.string().max(200).optional(),
  maxTurns: z.int().min(1).max(1000).optional(),
  options: z.record(z.string(), z.unknown()).optional(),
  detached: z.boolean().default(true),
  /**
   * The folder that the session works in, chosen with its first run. It may be named again, but is not changed by a run.
   * One outside of the folder of the settings waits for the person, unless the person starts the run.
   */
  folder: Folder.optional(),
});

export const runs = defineArea({
  name: "runs",
  nouns: { Run, RunEvent, RunProgress, ToolResult },
  endpoints: {
    startRun: {
      method: "POST",
      path: "/runs",
      summary: "Starts a run and answers at once.",
      status: 201,
      pages: ["window"],
      scope: "run",
      input: StartRun,
      output: Run,
    },
    listRuns: {
      method: "GET",
      path: "/runs",
      summary: "Runs, newest first.",
      pages: ["window"],
      scope: "read",
      input: z.object({
        search: z.string().max(200).optional(),
        status: z.enum(["active", "done", "failed", "canceled"]).optional(),
        sessionId: SessionId.optional(),
        limit: z.coerce.number().int().min(1).max(500).default(50),
        after: z.string().max(200).optional(),
      }),
      output: z.object({ runs: z.array(Run), next: z.string().nullable() }),
    },
    getRun: {
      method: "GET",
      path: "/runs/:id",
      summary: "One run.",
      pages: ["window", "popup"],
      scope: "read",
      input: z.object({ id: RunId }),
      output: Run,
    },
    listEvents: {
      method: "GET",
      path: "/runs/:id/events",
      summary:
        "What happened in a run, in order, from after a sequence number. A page may be shorter than asked for: `lastSeq` says whether more is there.",
      pages: ["window"],
      scope: "follow",
      input: z.object({
        id: RunId,
        after: z.coerce.number().int().min(0).default(0),
        limit: z.coerce.number().int().min(1).max(5000).default(1000),
      }),
      output: z.object({ events: z.array(RunEvent), lastSeq: z.int() }),
    },
    cancelRun: {
      method: "POST",
      path: "/runs/:id/cancel",
      summary: "Cancels a run; one that has ended stays as it is.",
      status: 202,
      pages: ["window"],
      scope: "run",
      input: z.object({ id: RunId }),
      output: Run,
    },
  },
  streams: {
    follow: {
      path: "/runs/:id/stream",
      summary: "What happens in a run, in order, from after a sequence number to its end.",
      scope: "follow",
      pages: ["window"],
      input: z.object({ id: RunId, after: z.coerce.number().int().min(0).default(0) }),
      frame: RunProgress,
      position: "after",
    },
  },
  events: {
    started: Run,
    changed: Run,
    /** Those of a deleted session that began before it was deleted are gone with all their events. */
    removed: z.object({ sessionId: SessionId, before: z.int() }),
  },
  errors: {
    not_found: 404,
    shutting_down: 503,
    busy: 503,
    key_ended: 401,
    too_many: 429,
    unknown_provider: 422,
    no_folder: 422,
    other_folder: 409,
  },
});
