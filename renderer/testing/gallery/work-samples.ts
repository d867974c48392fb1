/** Runs, sessions, settings and figures for the gallery. */
import type { CheckResult, Minute } from "../../../main/areas/diagnostics/contract.ts";
import type { Run, RunEvent } from "../../../main/areas/runs/contract.ts";
import type { Session, StoredMessage } from "../../../main/areas/sessions/contract.ts";
import type { Settings } from "../../areas/settings/sections.ts";
import type { SessionId } from "../../../main/contract/ids.ts";
import { forcePush, runId, sampleRequest } from "../samples.ts";
import {
  askFor,
  assistant,
  call,
  longReply,
  longWords,
  manyCalls,
  numbered,
  prompt,
  rtlStory,
  said,
  story,
} from "./run-story.ts";

export const minute = 60_000;
export const now = Date.now();

export const run = (index: number, more: Partial<Run> = {}): Run => ({
  id: runId(index),
  sessionId: `cli:app-${index % 7}` as SessionId,
  clientId: ["claude-code", "cli:me", "telegram:42", ""][index % 4] ?? "",
  title:
    [
      "Fix the session expiry and push",
      "Update dependencies",
      "What changed since yesterday?",
      "Write release notes",
    ][index % 4] ?? "",
  status: (["done", "done", "failed", "done", "canceled"] as const)[index % 5] ?? "done",
  detached: true,
  provider: index % 3 === 0 ? "playbook" : "anthropic",
  model: index % 3 === 0 ? "" : "claude-sonnet-4-5",
  startedAt: now - index * 37 * minute - 90_000,
  endedAt: now - index * 37 * minute - 30_000,
  error: null,
  usage: { inputTokens: 48_210, outputTokens: 2310, totalTokens: 50_520 },
  toolCalls: index % 9,
  lastSeq: 10,
  ...more,
});

/** The one that waits. */
export const waitingRequest = sampleRequest(0, forcePush);

const waitingStory = numbered(
  [
    { type: "run_start", clientId: "claude-code", prompt },
    ...said("The fix is ready. I push it now."),
    { type: "tool_start", call: call(waitingRequest.tool, waitingRequest.arguments) },
    askFor(waitingRequest),
  ],
  now - 40_000,
);

interface Told {
  readonly run: Run;
  readonly events: readonly RunEvent[];
}

export const told: readonly Told[] = [
  {
    run: run(0, {
      status: "running",
      endedAt: null,
      startedAt: now,
      title: "Tell me about gates, live",
      usage: null,
    }),
    events: [],
  },
  {
    run: run(1, { status: "waiting", endedAt: null, clientId: "claude-code", usage: null }),
    events: waitingStory,
  },
  { run: run(2, { status: "done", clientId: "claude-code", toolCalls: 7 }), events: story(now - 8 * minute) },
  {
    run: run(3, { title: "Rename every module", toolCalls: 2000 }),
    events: manyCalls(now - 60 * minute, 10_000),
  },
  { run: run(4, { title: "Tell me all about gates" }), events: longReply(now - 70 * minute, 2000) },
  {
    run: run(5, {
      title: "למה ההתחברות פגה מוקדם מדי? תקן בבקשה.",
      clientId: "סוכן-קוד",
      sessionId: "تصحيح الجلسات" as SessionId,
    }),
    events: rtlStory(now - 80 * minute),
  },
  {
    run: run(6, {
      title: "x".repeat(120),
      status: "failed",
      clientId: "an-agent-with-a-very-long-name-".repeat(5),
      sessionId: "a-session-with-a-very-long-name-".repeat(5) as SessionId,
    }),
    events: longWords(now - 90 * minute),
  },
  {
    run: run(7, { status: "queued", endedAt: null, usage: null }),
    events: numbered([{ type: "run_start", clientId: "cli:me", prompt: "Later" }], now - minute),
  },
];

export const others = Array.from({ length: 3000 }, (_, index) => run(index + told.length));

export const session = (index: number): Session => ({
  id: `cli:app-${index}` as SessionId,
  title:
    [
      "Fix the session expiry and push",
      "Update dependencies",
      "למה ההתחברות פגה מוקדם מדי?",
      "w".repeat(120),
    ][index % 4] ?? "",
  clientId: "claude-code",
  createdAt: now - index * 240 * minute - 600 * minute,
  updatedAt: now - index * 240 * minute,
  messageCount: index === 0 ? 4000 : index === 1 ? 0 : 9,
  userMessageCount: 3,
  assistantMessageCount: 4,
  runCount: 3,
  tags: index % 3 === 0 ? ["auth", "release 2"] : [],
  archivedAt: null,
  workspace: null,
  parent: index === 2 ? { id: "cli:app-0" as SessionId, index: 12 } : null,
});

export function message(index: number): StoredMessage {
  const base = { index, runId: runId(2), createdAt: now - 60 * minute + index * 1000 };
  switch (index % 4) {
    case 0:
      return { ...base, role: "user", content: [{ type: "text", text: `${index}: ${prompt}` }] };
    case 1:
      return {
        ...assistant("I look at the code first.\n\n- `expiry.ts`\n- `sweep.ts`"),
        content: [
          { type: "thinking", thinking: "Two places." },
          { type: "text", text: "I look at the code first.\n\n- `expiry.ts`\n- `sweep.ts`" },
          {
            type: "tool_call",
            toolCall: { id: "c", name: "read_file", arguments: { path: "src/session/expiry.ts" } },
          },
        ],
        ...base,
      };
    case 2:
      return {
        ...base,
        role: "tool",
        toolName: "read_file",
        isError: index % 8 === 2,
        content: [{ type: "text", text: "const minute = 60_000;\nexport …" }],
      };
    default:
      return { ...assistant("Both now read the same value."), ...base };
  }
}

export const sampleSettings: Settings = {
  defaultProvider: "playbook",
  providers: [
    {
      alias: "playbook",
      type: "playbook",
      baseUrl: null,
      model: null,
      apiKeyEnv: null,
      hasKey: false,
      source: "built_in",
      isDefault: true,
    },
    {
      alias: "anthropic",
      type: "anthropic",
      baseUrl: null,
      model: "claude-sonnet-4-5",
      apiKeyEnv: null,
      hasKey: true,
      source: "settings",
      isDefault: false,
    },
    {
      alias: "work",
      type: "openai-compatible",
      baseUrl: "https://llm.example.org/v1/with/a/long/path",
      model: "a-model-with-a-rather-long-name-for-a-row",
      apiKeyEnv: "WORK_KEY",
      hasKey: false,
      source: "settings",
      isDefault: false,
    },
    {
      alias: "ollama",
      type: "openai-compatible",
      baseUrl: "http://127.0.0.1:11434/v1",
      model: null,
      apiKeyEnv: null,
      hasKey: false,
      source: "discovered",
      isDefault: false,
    },
  ],
  workspace: "/home/sam/code/app",
  memories: { enabled: true, keep: "ask", clients: {}, contextTokens: 1_000 },
  coding: { enabled: true, allowOverwrite: false, allowBinaries: ["git", "npm", "cargo"] },
  permissions: { timeout: "10m", defaultTier: "prompt", channels: { telegram: "read_only", cli: "trusted" } },
  notifications: {
    enabled: true,
    sound: false,
    privacy: false,
    quietFrom: "22:00",
    quietUntil: "07:00",
    runEnded: true,
    popup: true,
  },
  usage: { prices: {}, warnPerDay: 5, stopPerDay: null },
  retention: {
    sessionsDays: 365,
    sessionsGb: null,
    runLogsDays: 30,
    runLogsGb: 2,
    decisionsDays: null,
    decisionsGb: null,
  },
};

export const minutes: readonly Minute[] = Array.from({ length: 47 }, (_, index) => {
  const at = now - (46 - index) * minute;
  const wave = Math.max(0, Math.sin(index / 5));
  return {
    at,
    runsStarted: Math.round(wave * 6),
    runsEnded: Math.round(wave * 6),
    asked: Math.round(wave * 4),
    answered: Math.round(wave * 4),
    pendingMost: Math.round(wave * 3),
    answerMs: wave > 0.4 ? 2400 + 3000 * wave : null,
    toolMs: wave > 0.1 ? 40 + 90 * wave : null,
    requests: Math.round(20 + 200 * wave),
  };
});

const fine = (name: string, title: string, message: string): CheckResult => ({
  name,
  title,
  state: "ok",
  message,
  fix: null,
  tookMs: 1.4,
});
export const fineChecks = [
  fine("database", "Database", "Answers, and its integrity is intact."),
  fine("settings", "Settings file", "Read and valid."),
  fine("workspace", "Workspace", "~/code/app can be read and written."),
  fine("disk", "Disk space", "212 GB free."),
  fine("connection", "Connection files", "Written and private."),
  fine("provider", "Model provider", "playbook needs no model."),
];
export const badChecks: readonly CheckResult[] = [
  ...fineChecks.slice(0, 3),
  {
    name: "disk",
    title: "Disk space",
    state: "warning",
    message: "Only 480 MB are free where the database is.",
    fix: "Make room on /home, or move the home folder of Gatehouse.",
    tookMs: 2,
  },
  {
    name: "provider",
    title: "Model provider",
    state: "failed",
    message: "work did not answer: 401 invalid x-api-key.",
    fix: "Check its key in Settings, under Models.",
    tookMs: 812,
  },
  ...fineChecks.slice(4, 5),
];

/** What a run that goes on says next. */
export const liveEvents = numbered(
  [
    { type: "run_start", clientId: "window", prompt: "Tell me about gates, live." },
    ...longReply(now, 900).slice(1, -1),
    ...story(now).slice(1),
  ],
  now,
);
