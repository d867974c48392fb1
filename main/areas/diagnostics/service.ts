import { statSync } from "node:fs";
import type { BusEvent } from "../../kernel/bus.ts";
import type { Check } from "../../kernel/check.ts";
import type { Clock } from "../../kernel/clock.ts";
import { codingSettings } from "../catalogs/tools/settings/contract.ts";
import { handlerOf } from "../../kernel/handlers.ts";
import { permissions, type PermissionSummary } from "../permissions/contract.ts";
import { runs, type Run } from "../runs/contract.ts";
import type { SettingsService } from "../settings/service.ts";
import type { CheckResult, Connection, Minute, RecordedError, Runtime } from "./contract.ts";
import type { Minutes } from "./minutes.ts";
import type { ErrorRecorder } from "./recorder.ts";
import { runChecks } from "./run-checks.ts";

export interface DaemonFacts {
  readonly name: string;
  readonly version: string;
  readonly startedAt: number;
  readonly home: string;
  readonly databasePath: string;
  readonly logPath: string | null;
}

export interface DaemonCounts {
  readonly activeRuns: number;
  readonly pendingPermissions: number;
  readonly toolCount: number;
}

export interface DiagnosticsService {
  status(): DaemonCounts & { version: string };
  runtime(): Runtime;
  connection(): Connection;
  /** Newest first. */
  recentErrors(limit: number): RecordedError[];
  minutes(): Minute[];
  runChecks(): Promise<CheckResult[]>;
  /** An HTTP request was answered. */
  requestServed(): void;
  /** Follows what the areas announce: counts it, and records runs that failed. */
  observe(event: Pick<BusEvent, "type" | "payload">): void;
}

export function createDiagnosticsService(deps: {
  readonly facts: DaemonFacts;
  readonly counts: () => DaemonCounts;
  readonly connection: () => Connection;
  readonly settings: Pick<SettingsService, "current" | "section" | "path">;
  readonly recorder: ErrorRecorder;
  readonly minutes: Minutes;
  readonly checks: () => readonly Check[];
  readonly clock: Clock;
}): DiagnosticsService {
  const { facts, settings, recorder, minutes, clock } = deps;
  const observeRun = createRunObserver(recorder, minutes);
  const observeRuns = handlerOf(runs, {
    started: () => minutes.runStarted(),
    changed: (_, run) => observeRun(run),
    removed: "ignore",
  });
  const observePermissions = handlerOf(permissions, {
    asked: () => minutes.asked(),
    settled: (_, request) => observeSettled(request, minutes),
    granted: "ignore",
    revoked: "ignore",
    recorded: "ignore",
    loosened: "ignore",
    denying: "ignore",
    undone: "ignore",
  });

  return {
    status: () => ({ version: facts.version, ...deps.counts() }),
    runtime() {
      const { defaultProvider, providers, workspace } = settings.current();
      return {
        ...facts,
        pid: process.pid,
        node: process.versions.node,
        electron: process.versions["electron"] ?? null,
        platform: `${process.platform} ${process.arch}`,
        databaseBytes: bytesOf(facts.databasePath) + bytesOf(`${facts.databasePath}-wal`),
        settingsPath: settings.path,
        residentBytes: process.memoryUsage.rss(),
        provider: defaultProvider,
        model: providers.find(({ alias }) => alias === defaultProvider)?.model ?? "",
        codingEnabled: settings.section(codingSettings).enabled,
        workspace,
      };
    },
    connection: deps.connection,
    recentErrors: (limit) => recorder.recent(limit),
    minutes: () => minutes.list(),
    requestServed: () => minutes.requestServed(),
    runChecks: () => runChecks(deps.checks(), clock),
    observe(event) {
      observeRuns(event);
      observePermissions(event);
    },
  };
}

/** A run that has ended may be announced again; it counts once. */
function createRunObserver(recorder: ErrorRecorder, minutes: Minutes): (run: Run) => void {
  const ended = new Set<string>();
  return (run) => {
    if (run.endedAt === null || ended.has(run.id)) return;
    ended.add(run.id);
    if (ended.size > 1000) for (const oldest of [...ended].slice(0, 500)) ended.delete(oldest);
    minutes.runEnded();
    if (run.status !== "failed" || run.error === null) return;
    const { id: runId, sessionId, clientId } = run;
    recorder.record({ source: "run", runId, sessionId, clientId, message: run.error.message });
  };
}

function observeSettled(permission: PermissionSummary, minutes: Minutes): void {
  minutes.settled();
  if (permission.settledAt === null) return;
  if (permission.status !== "allowed" && permission.status !== "denied") return;
  minutes.answered(permission.settledAt - permission.askedAt);
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
