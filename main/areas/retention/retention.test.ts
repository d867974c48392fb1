import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { RunId, SessionId } from "../../contract/ids.ts";
import { createBackupKeeper } from "../../kernel/backup-keeper.ts";
import { openDatabase } from "../../kernel/database.ts";
import { atOnce } from "../../kernel/slices.ts";
import { migrations } from "../../migrations.ts";
import { createCore, until, type Core } from "../../testing/core.ts";
import { createFakeClock } from "../../testing/fake-clock.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { calls, createScriptedModel, says, type ScriptedTurn } from "../runs/loop/testing/scripted-model.ts";
import { AT_POPUP, end, HANG, start } from "../runs/testing/start-run.ts";
import type { RetentionSettings } from "./contract.ts";
import { retentionSettings } from "./contract.ts";
import { createSizeStore } from "./store.ts";

const DAY = 86_400_000;

/** A core on disk that measures what it keeps. */
function keeping(settings: Partial<RetentionSettings>, script?: readonly ScriptedTurn[]): Core {
  const file = join(temporaryFolder(), "gatehouse.db");
  const clock = createFakeClock();
  const db = openDatabase(file, migrations);
  const core = createCore({
    db,
    clock,
    settings: { retention: settings },
    model: createScriptedModel(script ?? Array.from({ length: 60 }, () => says("hello"))),
    tableSizes: () => backups.tableSizes(),
  });
  const report = (error: unknown) => expect(error).toBeNull();
  const backups = createBackupKeeper({ ...core, file, folder: temporaryFolder(), migrations, report });
  onTestFinished(() => {
    backups.stop();
    db.close();
  });
  return core;
}

const count = ({ db }: Core, table: string) =>
  db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;

/** What is on disk of a run's log. */
function logOf({ db, eventStore }: Core, id: RunId) {
  const key = db.prepare<[string], number>("SELECT key FROM runs WHERE id = ?").pluck().get(id) ?? 0;
  return atOnce(eventStore.readEvents(key, 0));
}

async function runIn(made: Core, session: string): Promise<RunId> {
  const { id } = await start(made, { session });
  await end(made, id);
  return id;
}

/** Logs of ended runs are compressed, sessions that were deleted are removed. */
async function settle(made: Core): Promise<void> {
  made.clock.advance(20_000);
  const isToDo = () =>
    made.db
      .prepare(
        `SELECT 1 FROM run_events JOIN runs ON runs.key = position >> 24 WHERE ended_at IS NOT NULL
         UNION ALL SELECT 1 FROM session_deletions`,
      )
      .get() !== undefined;
  for (let waited = 0; waited < 10_000 && isToDo(); waited += 1) {
    made.clock.advance(25);
    await turn();
  }
}

test("nothing is let go unless the settings say so, and it is said how much there is", async () => {
  const made = keeping({});
  await runIn(made, "a");
  await settle(made);
  made.clock.advance(400 * DAY);
  const sizes = await made.retention.measure();
  expect([count(made, "messages"), count(made, "run_archives")]).toEqual([2, 1]);
  expect(sizes.measuredAt).toBe(made.clock.now());
  const bytes = Object.fromEntries(sizes.kinds.map((each) => [each.kind, each.bytes]));
  expect(bytes["sessions"]).toBeGreaterThan(0);
  const pages = made.db.pragma("page_count", { simple: true }) as number;
  expect(sizes.kinds.reduce((sum, each) => sum + each.bytes, 0) + sizes.freeBytes).toBeLessThanOrEqual(
    pages * 4096,
  );
  expect(made.payloads("retention.measured")).toEqual([sizes]);
});

test("growth is what there was a week ago", async () => {
  const made = keeping({});
  const before = await made.retention.measure();
  made.clock.advance(7 * DAY);
  for (let i = 0; i < 40; i += 1) await runIn(made, `s${i}`);
  const after = await made.retention.measure();
  const of = (sizes: typeof before) => sizes.kinds.find(({ kind }) => kind === "sessions");
  expect(of(before)?.bytesWeekAgo).toBeNull();
  expect(of(after)).toMatchObject({ bytesWeekAgo: of(before)?.bytes });
  expect(of(after)?.bytes).toBeGreaterThan(of(before)?.bytes ?? 0);
});

test("logs of runs are let go by their age, the runs and what was said stay", async () => {
  const made = keeping({ runLogsDays: 10 });
  const old = await runIn(made, "a");
  await settle(made);
  made.clock.advance(6 * DAY);
  const young = await runIn(made, "a");
  await settle(made);
  made.clock.advance(5 * DAY);
  await made.retention.measure();
  expect(logOf(made, old)).toEqual([]);
  expect(logOf(made, young).length).toBeGreaterThan(0);
  expect(made.runs.get(old).status).toBe("done");
  expect(made.sessions.messages("a" as SessionId, 0, 99).messages).toHaveLength(4);
});

test("sessions are let go with all that belongs to them, never one in which something goes on", async () => {
  const made = keeping({ sessionsDays: 10 }, [says("x"), HANG, says("y")]);
  await runIn(made, "old");
  const going = await start(made, { session: "going" });
  await turn();
  made.clock.advance(11 * DAY);
  await runIn(made, "young");
  await made.retention.measure();
  await settle(made);
  expect(made.sessions.find("old" as SessionId)).toBeNull();
  expect(["going", "young"].map((id) => made.sessions.find(id as SessionId)?.id)).toEqual(["going", "young"]);
  expect(count(made, "messages")).toBe(2);
  made.runs.cancel(going.id);
});

test("decisions are let go with what was asked, never what waits", async () => {
  const made = keeping({ decisionsDays: 10 }, [
    calls(["side_effect", "{}"]),
    says("x"),
    calls(["side_effect", "{}"]),
  ]);
  const first = await start(made, { session: "a" });
  await until(() => made.permissions.pendingCount() === 1);
  made.permissions.decide(
    made.permissions.pending()[0]?.id as never,
    { decision: "allow", scope: "once" },
    AT_POPUP,
  );
  await end(made, first.id);
  const second = await start(made, { session: "b" });
  await until(() => made.permissions.pendingCount() === 1);
  expect([count(made, "decisions"), count(made, "permission_requests")]).toEqual([1, 2]);
  // Without the timers, or it would expire.
  made.db.prepare("UPDATE decisions SET at = at - ?").run(11 * DAY);
  await made.retention.measure();
  expect([count(made, "decisions"), count(made, "permission_requests")]).toEqual([0, 1]);
  expect((await made.permissions.decisions({ limit: 9, search: "touch" })).decisions).toEqual([]);
  expect(made.permissions.pendingCount()).toBe(1);
  made.runs.cancel(second.id);
});

test("a clock that is set forward makes nothing old", async () => {
  const made = keeping({ sessionsDays: 10, runLogsDays: 10 });
  await runIn(made, "a");
  await settle(made);
  made.clock.set(1_000 * DAY);
  await made.retention.measure();
  await settle(made);
  expect([count(made, "sessions"), count(made, "run_archives")]).toEqual([1, 1]);
});

test("what is too much is let go from the oldest on, as far as that, and never of the last day", async () => {
  const made = keeping({ runLogsGb: 0.000_002 });
  const ids: RunId[] = [];
  for (let i = 0; i < 10; i += 1) ids.push(await runIn(made, "a"));
  await settle(made);
  await made.retention.measure();
  expect(count(made, "run_archives")).toBe(10);
  made.clock.advance(2 * DAY);
  await made.retention.measure();
  const left = ids.map((id) => logOf(made, id).length > 0);
  expect(left.filter(Boolean).length).toBeLessThan(10);
  expect(left).toEqual(left.toSorted((a, b) => Number(a) - Number(b)));
});

test("free room is given back to the disk a little at a time", async () => {
  const made = keeping({});
  const fill = made.db.prepare("INSERT INTO run_archives (position, body) VALUES (?, zeroblob(100000))");
  made.commit.now(() => Array.from({ length: 500 }, (_, i) => fill.run(i)));
  made.commit.now(() => made.db.prepare("DELETE FROM run_archives").run());
  const store = createSizeStore(made.db);
  expect(store.freeBytes()).toBeGreaterThan(40_000_000);
  const before = store.bytes();
  await made.retention.measure();
  expect(store.freeBytes()).toBeLessThan(16 * 1024 * 1024);
  expect(store.bytes()).toBeLessThan(before - 30_000_000);
  expect(made.db.pragma("quick_check", { simple: true })).toBe("ok");
});

test("keeping less than before is for the person to say, keeping more is not", () => {
  const all = retentionSettings.schema.parse({});
  const sentences = (before: object, after: object) =>
    retentionSettings.loosens?.({ ...all, ...before }, { ...all, ...after });
  expect(sentences({}, { decisionsDays: 1 })).toEqual([
    "The record of decisions and questions would be deleted after 1 day.",
  ]);
  expect(sentences({ runLogsDays: 9, sessionsGb: 2 }, { runLogsDays: 8, sessionsGb: 1 })).toEqual([
    "Sessions with their messages and runs would be deleted beyond 1 GB.",
    "Logs of runs would be deleted after 8 days.",
  ]);
  expect(sentences({ runLogsDays: 9 }, { runLogsDays: 10 })).toEqual([]);
  expect(sentences({ runLogsDays: 9 }, {})).toEqual([]);
});
