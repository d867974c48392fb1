import { expect, test } from "vitest";
import { createFakeClock } from "../../testing/fake-clock.ts";
import { createMinutes } from "./minutes.ts";
import { createErrorRecorder } from "./recorder.ts";
import { createDiagnosticsService } from "./service.ts";

function create() {
  const clock = createFakeClock();
  const recorder = createErrorRecorder({ clock, publish: () => undefined, secrets: [] });
  return createDiagnosticsService({
    facts: { name: "g", version: "1", startedAt: 0, home: "/", databasePath: "/none.db", logPath: null },
    counts: () => ({ activeRuns: 1, pendingPermissions: 2, toolCount: 3 }),
    connection: () => ({ baseUrl: "", files: [], tokenSource: "flag" }),
    settings: { path: "/none.json", current: notNeeded, section: notNeeded },
    recorder,
    minutes: createMinutes(clock),
    checks: () => [],
    clock,
  });
}

function notNeeded(): never {
  throw new Error("not needed");
}

const run = (id: string, status: string, error: object | null = null) => ({
  type: "runs.changed",
  payload: { id, sessionId: "s", clientId: "c", status, endedAt: status === "running" ? null : 1, error },
});

test("a run that failed is counted and recorded once, a cancelled one is no error", () => {
  const service = create();
  service.observe({ type: "runs.started", payload: {} });
  service.observe(run("run_1", "running"));
  const failure = run("run_1", "failed", { code: "internal", message: "provider said no" });
  service.observe(failure);
  service.observe(failure);
  service.observe(run("run_2", "canceled", { code: "canceled", message: "context canceled" }));
  expect(service.recentErrors(10)).toMatchObject([
    { source: "run", runId: "run_1", sessionId: "s", clientId: "c", message: "provider said no" },
  ]);
  expect(service.minutes()).toMatchObject([{ runsStarted: 1, runsEnded: 2 }]);
});

test("only what a person answered counts as answered", () => {
  const service = create();
  for (const status of ["allowed", "denied", "expired", "withdrawn"]) {
    service.observe({ type: "permissions.asked", payload: {} });
    service.observe({ type: "permissions.settled", payload: { status, askedAt: 100, settledAt: 350 } });
  }
  expect(service.minutes()).toMatchObject([{ asked: 4, answered: 2, answerMs: 250, pendingMost: 1 }]);
  expect(service.status()).toEqual({ version: "1", activeRuns: 1, pendingPermissions: 2, toolCount: 3 });
});
