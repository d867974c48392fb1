import type { Settings } from "../../areas/settings/sections.ts";
import { runId } from "../samples.ts";
import { story } from "./run-story.ts";
import {
  badChecks,
  fineChecks,
  message,
  minute,
  minutes,
  now,
  others,
  run,
  sampleSettings,
  session,
  told,
} from "./work-samples.ts";

export type Answers = Readonly<Record<string, (input: never) => unknown>>;
export type Amount = "none" | "one" | "many" | "error";

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
        next: from + limit < total ? from + limit : null,
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
        files: [
          { clients: null, path: "/home/sam/.local/share/gatehouse/daemon.json" },
          { clients: "Glue", path: amount === "many" ? null : "/home/sam/.config/glue/daemon.json" },
        ],
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
