import type { CheckResult, Minute } from "../../../main/areas/diagnostics/contract.ts";
import type { Run, RunEvent } from "../../../main/areas/runs/contract.ts";
import type { Session, StoredMessage } from "../../../main/areas/sessions/contract.ts";
import type { Settings } from "../../../main/areas/settings/contract.ts";
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

export type Answers = Readonly<Record<string, (input: never) => unknown>>;
export type Amount = "none" | "one" | "many" | "error";

const minute = 60_000;
const now = Date.now();

const run = (index: number, more: Partial<Run> = {}): Run => ({
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

const told: readonly Told[] = [
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

const others = Array.from({ length: 3000 }, (_, index) => run(index + told.length));

const session = (index: number): Session => ({
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
});

function message(index: number): StoredMessage {
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
};

const minutes: readonly Minute[] = Array.from({ length: 47 }, (_, index) => {
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
const fineChecks = [
  fine("database", "Database", "Answers, and its integrity is intact."),
  fine("settings", "Settings file", "Read and valid."),
  fine("workspace", "Workspace", "~/code/app can be read and written."),
  fine("disk", "Disk space", "212 GB free."),
  fine("connection", "Connection files", "Written and private."),
  fine("provider", "Model provider", "playbook needs no model."),
];
const badChecks: readonly CheckResult[] = [
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

const refuse = () => {
  throw { code: "internal", message: "The database is locked by another process." };
};

/** Answers of the areas about work: runs, sessions, settings, diagnostics. */
export function workAnswers(amount: Amount): Answers {
  const runs =
    amount === "many" ? [...told.map(({ run: each }) => each), ...others] : amount === "one" ? [run(2)] : [];
  const sessions =
    amount === "many"
      ? Array.from({ length: 900 }, (_, index) => session(index))
      : amount === "one"
        ? [session(2)]
        : [];
  let settings =
    amount === "many"
      ? sampleSettings
      : {
          ...sampleSettings,
          providers: sampleSettings.providers.slice(0, 1),
          permissions: { ...sampleSettings.permissions, channels: {} },
          coding: { ...sampleSettings.coding, allowBinaries: [] },
        };
  const list = <T>(all: readonly T[], limit: number, after: string) => {
    const from = Number(after);
    return {
      page: all.slice(from, from + limit),
      next: from + limit < all.length ? String(from + limit) : null,
    };
  };
  if (amount === "error") {
    const names = [
      "runs.listRuns",
      "sessions.listSessions",
      "settings.getSettings",
      "diagnostics.getDiagnostics",
      "diagnostics.runChecks",
    ];
    return Object.fromEntries(names.map((name) => [name, refuse]));
  }
  return {
    "runs.listRuns": ({
      search = "",
      status,
      sessionId,
      limit = 50,
      after = "0",
    }: {
      search?: string;
      status?: string;
      sessionId?: string;
      limit?: number;
      after?: string;
    }) => {
      const found = runs.filter(
        (each) =>
          each.title.toLowerCase().includes(search.toLowerCase()) &&
          (sessionId === undefined || each.sessionId === sessionId) &&
          (status === undefined || (status === "active" ? each.endedAt === null : each.status === status)),
      );
      const { page, next } = list(found, limit, after);
      return { runs: page, next };
    },
    "runs.getRun": ({ id }: { id: string }) =>
      [...told.map(({ run: each }) => each), ...others].find((each) => each.id === id) ??
      fail("runs.not_found"),
    "runs.listEvents": ({ id, after = 0, limit = 1000 }: { id: string; after?: number; limit?: number }) => {
      const events = told.find(({ run: each }) => each.id === id)?.events ?? story(now - 8 * minute);
      return { events: events.slice(after, after + limit), lastSeq: events.length };
    },
    "runs.startRun": () => run(0, { status: "running", endedAt: null, startedAt: Date.now() }),
    "runs.cancelRun": ({ id }: { id: string }) => runs.find((each) => each.id === id),
    "sessions.listSessions": ({
      search = "",
      limit = 50,
      after = "0",
    }: {
      search?: string;
      limit?: number;
      after?: string;
    }) => {
      const { page, next } = list(
        sessions.filter((each) => each.title.includes(search) || each.id.includes(search)),
        limit,
        after,
      );
      return { sessions: page, next };
    },
    "sessions.getSession": ({ id }: { id: string }) =>
      sessions.find((each) => each.id === id) ?? fail("sessions.not_found"),
    "sessions.listMessages": ({
      id,
      from = 0,
      limit = 100,
    }: {
      id: string;
      from?: number;
      limit?: number;
    }) => {
      const total = sessions.find((each) => each.id === id)?.messageCount ?? 0;
      return {
        total,
        messages: Array.from({ length: Math.max(0, Math.min(limit, total - from)) }, (_, index) =>
          message(from + index),
        ),
      };
    },
    "settings.getSettings": () => settings,
    "settings.changeSettings": (change: Partial<Settings>) => {
      settings = {
        ...settings,
        ...change,
        providers: settings.providers.map((each) => ({
          ...each,
          isDefault: each.alias === (change.defaultProvider ?? settings.defaultProvider),
        })),
        coding: { ...settings.coding, ...change.coding },
        permissions: { ...settings.permissions, ...change.permissions },
        notifications: { ...settings.notifications, ...change.notifications },
      };
      if (change.workspace === "/nowhere") fail("settings.invalid", "/nowhere is not a folder.");
      return settings;
    },
    "settings.saveProvider": () => settings,
    "settings.removeProvider": () => settings,
    "settings.testProvider": ({ alias }: { alias: string }) => ({
      ok: alias !== "work",
      message: alias === "work" ? "It refused the key: 401 invalid x-api-key." : "It answered “ready”.",
      tookMs: 812,
      models: ["claude-sonnet-4-5", "claude-haiku-4-5"],
    }),
    "diagnostics.runChecks": () => ({ checks: amount === "many" ? badChecks : fineChecks }),
    "diagnostics.getDiagnostics": () => ({
      runtime: {
        name: "gatehouse",
        version: "0.1.0",
        startedAt: now - 47 * minute,
        pid: 4821,
        node: "24.21.0",
        electron: "45.4.1",
        platform: "linux x64",
        home: "/home/sam/.local/share/gatehouse",
        databasePath: "/home/sam/.local/share/gatehouse/gatehouse.db",
        databaseBytes: 48_230_400,
        settingsPath: "/home/sam/.local/share/gatehouse/settings.json",
        logPath: "/home/sam/.local/share/gatehouse/logs/gatehouse.log",
        residentBytes: 141_000_000,
        provider: "anthropic",
        model: "claude-sonnet-4-5",
        codingEnabled: true,
        workspace: "/home/sam/code/app",
      },
      connection: {
        baseUrl: "http://127.0.0.1:43129",
        metadataPath: "/home/sam/.local/share/gatehouse/daemon.json",
        glueMetadataPath: amount === "many" ? null : "/home/sam/.config/glue/daemon.json",
        tokenSource: "generated",
      },
      recentErrors:
        amount === "many"
          ? [
              {
                at: now - 4 * minute,
                source: "run",
                runId: runId(6),
                sessionId: "s",
                clientId: "claude-code",
                message: "loop: provider failed after 4 attempts: 503 overloaded_error",
              },
              {
                at: now - 30 * minute,
                source: "settings",
                runId: null,
                sessionId: null,
                clientId: null,
                message:
                  'settings.json:14:3 unknown key "permision". Did you mean "permissions"? ' +
                  "x".repeat(300),
              },
            ]
          : [],
      minutes: amount === "none" ? [] : minutes,
    }),
    "desktop.copyToken": () => ({}),
    "desktop.finishFirstRun": () => ({}),
    "desktop.setLaunchAtLogin": ({ enabled }: { enabled: boolean }) => ({ launchAtLogin: enabled }),
  };
}

function fail(code: string, message = "Not here."): never {
  throw { code, message };
}

/** What a run that goes on says next. */
export const liveEvents = numbered(
  [
    { type: "run_start", clientId: "window", prompt: "Tell me about gates, live." },
    ...longReply(now, 900).slice(1, -1),
    ...story(now).slice(1),
  ],
  now,
);
