import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { eventually } from "../fixtures/eventually.ts";
import { createGlue, payloadsOf, writeFile } from "../fixtures/glue.ts";
import { createMovedClock } from "../fixtures/moved-clock/moved-clock.ts";
import { createNative } from "../fixtures/native.ts";
import { expect, test } from "../fixtures/test.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const isWindows = process.platform === "win32";

const outcomes = (frames: Parameters<typeof payloadsOf>[0]) =>
  payloadsOf(frames, "permission_settled").map(({ outcome }) => outcome);

test("a clock set back a day prolongs neither a request nor a grant", async ({ start, place }) => {
  const clock = createMovedClock(place);
  const daemon = await start({ ...clock.options, args: ["--permission-timeout", "3s"] });
  const glue = createGlue(daemon.api);
  const native = createNative(daemon.owner);
  const overwrite = (path: string) => ({ text: writeFile(path), client_id: "cli:me" });

  const waiting = await glue.runUntilAsked("s", overwrite("late.txt"));
  await clock.move({ wallMs: -DAY });
  expect(outcomes(await waiting.stream.ended)).toEqual(["expired"]);
  expect((await native.decide(waiting.permissionId, { decision: "allow" })).status).toBe(409);

  await clock.move({});
  const given = await glue.runUntilAsked("s", overwrite("a.txt"));
  await native.decide(given.permissionId, { decision: "allow", scope: "minutes_15" });
  await given.stream.ended;
  // The clock goes back by a day, and a quarter of an hour passes.
  await clock.move({ wallMs: -DAY, steadyMs: 15 * MINUTE });
  expect(await glue.grants()).toEqual([]);
  rmSync(join(place.work, "a.txt"));
  const again = await glue.runUntilAsked("s", overwrite("a.txt"));
  expect(outcomes(await again.stream.ended)).toEqual(["expired"]);
  expect(existsSync(join(place.work, "late.txt"))).toBe(false);
});

test("a machine that slept for 8 hours allows nothing whose time is up", async ({ start, place }) => {
  const clock = createMovedClock(place);
  const daemon = await start({ ...clock.options, args: ["--permission-timeout", "10m"] });
  const waiting = await createGlue(daemon.api).runUntilAsked("s", writeFile("late.txt"));
  const native = createNative(daemon.owner);
  await clock.move({ wallMs: 8 * 60 * MINUTE });
  expect((await native.decide(waiting.permissionId, { decision: "allow" })).status).toBe(409);
  expect(outcomes(await waiting.stream.ended)).toEqual(["expired"]);
  expect(existsSync(join(place.work, "late.txt"))).toBe(false);
});

test("after a restart with the clock set back a timed grant ends when it was to end", async ({
  start,
  place,
}) => {
  test.skip(process.platform !== "linux", "elsewhere a process does not know when the machine was started");
  const clock = createMovedClock(place);
  const first = await start(clock.options);
  const glue = createGlue(first.api);
  const given = await glue.runUntilAsked("s", { text: writeFile("a.txt"), client_id: "cli:me" });
  await createNative(first.owner).decide(given.permissionId, { decision: "allow", scope: "minutes_15" });
  await given.stream.ended;
  first.kill("SIGKILL");
  await first.exited;

  await clock.move({ wallMs: -DAY, steadyMs: 14 * MINUTE });
  const second = await start(clock.options);
  expect(await createGlue(second.api).grants()).toHaveLength(1);
  await clock.move({ wallMs: -DAY, steadyMs: 15 * MINUTE });
  expect(await createGlue(second.api).grants()).toEqual([]);
});

test("a process that was stopped past the end of a request allows it no more", async ({ start, place }) => {
  test.skip(isWindows, "there is no signal that stops a process");
  const daemon = await start({ args: ["--permission-timeout", "2s"] });
  const waiting = await createGlue(daemon.api).runUntilAsked("s", writeFile("late.txt"));
  const native = createNative(daemon.owner);
  await native.pending();
  daemon.kill("SIGSTOP");
  await pause(2_500);
  // It lies in the socket before the process goes on.
  const answer = daemon.owner.post(`/gatehouse/v1/permissions/${waiting.permissionId}/decision`, {
    decision: "allow",
  });
  await pause(200);
  daemon.kill("SIGCONT");
  expect((await answer).status).toBe(409);
  expect(outcomes(await waiting.stream.ended)).toEqual(["expired"]);
  await eventually(
    () => native.pending(),
    (pending) => pending.length === 0,
  );
  expect(existsSync(join(place.work, "late.txt"))).toBe(false);
  expect(await native.activeRuns()).toEqual([]);
  expect((await daemon.stop()).code).toBe(0);
});
