import { expect, test } from "vitest";
import type { RunId, SessionId } from "../../contract/ids.ts";
import { createCore, type Core } from "../../testing/core.ts";
import type { EndedRun } from "./service.ts";

let count = 0;
const run = (more: Partial<EndedRun> = {}): EndedRun => ({
  id: `run_${String((count += 1)).padStart(32, "0")}` as RunId,
  sessionId: "s" as SessionId,
  clientId: "cli",
  model: "m",
  usage: { inputTokens: 1_000_000, outputTokens: 100_000, totalTokens: 1_100_000 },
  ...more,
});

async function ended(core: Core, ...runs: readonly EndedRun[]): Promise<void> {
  for (const each of runs) {
    await core.commit.write(() => core.usage.record(each));
    core.usage.announce(each);
  }
}

test("sums by day, model, client and session, the dearest first", async () => {
  const core = createCore();
  await ended(core, run(), run({ clientId: "ide", model: "unheard-of" }), run({ usage: null }));
  core.clock.advance(24 * 3_600_000);
  await ended(
    core,
    run({ sessionId: "t" as SessionId }),
    run({ clientId: "ide", sessionId: "t" as SessionId }),
  );

  const byDay = await core.usage.query({ by: "day", limit: 10 });
  expect(byDay.rows.map(({ runs, cost, unpricedRuns }) => [runs, cost, unpricedRuns])).toEqual([
    [2, 3, 1],
    [2, 6, 0],
  ]);
  expect(byDay.total).toMatchObject({ runs: 4, cost: 9, inputTokens: 4_000_000, unpricedRuns: 1 });

  const named = async (by: "model" | "client" | "session") =>
    (await core.usage.query({ by, limit: 10 })).rows.map(({ name, cost }) => [name, cost]);
  expect(await named("model")).toEqual([
    ["m", 9],
    ["unheard-of", 0],
  ]);
  expect(await named("client")).toEqual([
    ["cli", 6],
    ["ide", 3],
  ]);
  expect(await named("session")).toEqual([
    ["t", 6],
    ["s", 3],
  ]);
  expect((await core.usage.query({ by: "client", session: "t" as SessionId, limit: 10 })).total.cost).toBe(6);
  expect((await core.usage.query({ by: "day", limit: 1 })).rows.map(({ cost }) => cost)).toEqual([6]);
});

test("a run has its cost, unless its model has no price", async () => {
  const core = createCore();
  const [priced, unpriced] = [run(), run({ model: "unheard-of" })];
  await ended(core, priced, unpriced);
  expect([priced, unpriced].map(({ id }) => core.usage.costOfRun(id))).toEqual([3, null]);
});

test("today's costs are told after the commit, and are the same after a restart and at midnight", async () => {
  const core = createCore();
  await ended(core, run(), run());
  expect(core.payloads<{ cost: number }>("usage.spent").map(({ cost }) => cost)).toEqual([3, 6]);
  const again = createCore({ db: core.db, clock: core.clock });
  expect(again.usage.today()).toMatchObject({ cost: 6, unpricedRuns: 0 });
  core.clock.advance(24 * 3_600_000);
  expect(core.usage.today()).toMatchObject({ cost: 0 });
  await ended(core, run());
  expect(core.usage.today()).toMatchObject({ cost: 3 });
});

test("what a run used is on record together with its end, or not at all", async () => {
  const core = createCore();
  const failing = run();
  await expect(
    core.commit.write(() => {
      core.usage.record(failing);
      throw new Error("the disk");
    }),
  ).rejects.toThrow();
  expect(core.usage.costOfRun(failing.id)).toBeNull();
  expect(core.usage.today().cost).toBe(0);
});

test("days in the wrong order are refused", async () => {
  const core = createCore();
  const asked = core.usage.query({ by: "day", since: "2026-02-01", until: "2026-01-01", limit: 1 });
  await expect(asked).rejects.toThrow("after the last one");
});
