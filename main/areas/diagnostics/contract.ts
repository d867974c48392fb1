import * as z from "zod";
import { defineArea } from "../../contract/define.ts";

/** `fix` says what to do, in one sentence, when the state is not `ok`. */
export const CheckResult = z.object({
  name: z.string(),
  title: z.string(),
  state: z.enum(["ok", "warning", "failed"]),
  message: z.string(),
  fix: z.string().nullable(),
  tookMs: z.number(),
});
export type CheckResult = z.infer<typeof CheckResult>;

export const RecordedError = z.object({
  at: z.int(),
  /** Where it happened: an area, or `run`. */
  source: z.string(),
  runId: z.string().nullable(),
  sessionId: z.string().nullable(),
  clientId: z.string().nullable(),
  /** Keys and tokens are redacted. */
  message: z.string(),
});
export type RecordedError = z.infer<typeof RecordedError>;

/** One minute. Latencies are medians in milliseconds, null when there was nothing to measure. */
export const Minute = z.object({
  at: z.int(),
  runsStarted: z.int(),
  runsEnded: z.int(),
  asked: z.int(),
  answered: z.int(),
  /** Most requests that waited at once. */
  pendingMost: z.int(),
  answerMs: z.number().nullable(),
  toolMs: z.number().nullable(),
  requests: z.int(),
});
export type Minute = z.infer<typeof Minute>;

/** How other tools reach this daemon. The token is never part of it; the metadata file holds it. */
export const Connection = z.object({
  baseUrl: z.string(),
  /** The connection files: for our own tools (`clients` null) and for each family of clients. */
  files: z.array(z.object({ clients: z.string().nullable(), path: z.string().nullable() })),
  tokenSource: z.string(),
});
export type Connection = z.infer<typeof Connection>;

export const Runtime = z.object({
  name: z.string(),
  version: z.string(),
  startedAt: z.int(),
  pid: z.int(),
  node: z.string(),
  electron: z.string().nullable(),
  platform: z.string(),
  home: z.string(),
  databasePath: z.string(),
  databaseBytes: z.int(),
  settingsPath: z.string(),
  logPath: z.string().nullable(),
  residentBytes: z.int(),
  provider: z.string(),
  model: z.string(),
  codingEnabled: z.boolean(),
  workspace: z.string(),
});
export type Runtime = z.infer<typeof Runtime>;

export const diagnostics = defineArea({
  name: "diagnostics",
  nouns: { CheckResult, RecordedError, Minute, Connection, Runtime },
  endpoints: {
    getStatus: {
      method: "GET",
      path: "/status",
      summary: "Counters: runs active, requests pending, tools.",
      pages: ["window"],
      scope: "read",
      input: z.object({}),
      output: z.object({
        version: z.string(),
        activeRuns: z.int(),
        pendingPermissions: z.int(),
        toolCount: z.int(),
      }),
    },
    getDiagnostics: {
      method: "GET",
      path: "/diagnostics",
      summary: "Runtime facts, connection details, recent errors and the last hour by minute.",
      pages: ["window"],
      scope: "read",
      input: z.object({}),
      output: z.object({
        runtime: Runtime,
        connection: Connection,
        recentErrors: z.array(RecordedError),
        /** Oldest first, at most 60. */
        minutes: z.array(Minute),
      }),
    },
    runChecks: {
      method: "POST",
      path: "/diagnostics/checks",
      summary: "Runs every health check.",
      pages: ["window"],
      scope: "read",
      input: z.object({}),
      output: z.object({ checks: z.array(CheckResult) }),
    },
  },
  events: { errorRecorded: RecordedError },
  eventScopes: { errorRecorded: "read" },
  errors: {},
});
