import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Daemon, DaemonPlace } from "../fixtures/daemon.ts";
import { eventually } from "../fixtures/eventually.ts";
import { call, createGlue, payloadsOf, type Glue, type WaitingRun } from "../fixtures/glue.ts";
import { createNative } from "../fixtures/native.ts";
import { createChance } from "../fixtures/random.ts";
import { expect, test } from "../fixtures/test.ts";

const KILLS = Number(process.env["GATEHOUSE_CHAOS_TOOL_KILLS"] ?? 15);
const SEED = Number(process.env["GATEHOUSE_CHAOS_SEED"] ?? Date.now() % 1_000_000_007);

test.use({ daemonOptions: { settings: { coding: { allow_binaries: ["sh"] } } } });
test.skip(process.platform !== "linux", "only there does anything watch over commands");

/** Forks twice into a session of its own, with nothing of what it was given. */
const HIDE =
  "env -i PATH=/usr/bin:/bin setsid sh -c 'sleep 60 </dev/null >/dev/null 2>&1 & echo $! > hidden.new; mv hidden.new hidden' &";
const LONG = `echo $$ > program; echo $PPID > tender; ${HIDE} trap '' TERM; sleep 60; sleep 60`;

const shell = (script: string) => call("shell_exec", { argv: ["sh", "-c", script] });

function stateOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    return text.slice(text.lastIndexOf(")") + 2)[0] ?? null;
  } catch {
    return null;
  }
}
const isRunning = (pid: number) => ![null, "Z", "X"].includes(stateOf(pid));

function parentOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, "latin1");
  return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
}

/** 0: it is not there yet. */
function numberIn({ work }: DaemonPlace, name: string): number {
  try {
    return Number(readFileSync(join(work, name), "utf8"));
  } catch {
    return 0;
  }
}

interface RunningTool {
  readonly waiting: WaitingRun;
  /** Everything that must have ended with the call. */
  readonly pids: readonly [number, ...number[]];
  readonly program: number;
  readonly tender: number;
  readonly keeper: number;
}

/** Has a long command allowed, which also hides a process in the background, and waits until both run. */
async function startTool(glue: Glue, place: DaemonPlace): Promise<RunningTool> {
  rmSync(join(place.work, "hidden"), { force: true });
  const waiting = await glue.runUntilAsked("s", { text: shell(LONG), detached: true });
  await glue.decide(waiting.runId, waiting.permissionId, { allow: true });
  await eventually(async () => numberIn(place, "hidden"), isRunning);
  const program = numberIn(place, "program");
  const tender = numberIn(place, "tender");
  const hidden = numberIn(place, "hidden");
  const keeper = parentOf(tender);
  return { waiting, program, tender, keeper, pids: [program, tender, keeper, hidden] };
}

const expectGone = (pids: readonly number[], context = "") =>
  expect.poll(() => pids.filter(isRunning), { message: context }).toEqual([]);

async function outcomeOf({ waiting }: RunningTool) {
  const frames = await waiting.stream.ended;
  return { last: frames.at(-1)?.event, results: payloadsOf(frames, "tool_end") };
}

async function expectIdle(daemon: Daemon): Promise<void> {
  const native = createNative(daemon.owner);
  expect(await native.activeRuns()).toEqual([]);
  expect(await native.pending()).toEqual([]);
}

test("a daemon that is killed takes what its tools run with it", async ({ start, place }) => {
  test.setTimeout(30_000 + KILLS * 5_000);
  process.stdout.write(`${KILLS} kills, GATEHOUSE_CHAOS_SEED=${SEED}\n`);
  const chance = createChance(SEED);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const daemon = await start();
    await expectIdle(daemon);
    const tool = await startTool(createGlue(daemon.api), place);
    if (chance.oneIn(3)) process.kill(chance.pick(tool.pids), "SIGSTOP");
    await pause(chance.below(50));
    daemon.kill("SIGKILL");
    await daemon.exited;
    await expectGone(tool.pids, `kill ${kill}`);
  }
});

test("what a daemon leaves that is killed with its supervisors ends at the next start", async ({
  start,
  place,
}) => {
  const daemon = await start();
  const glue = createGlue(daemon.api);
  const keeping = shell("echo $PPID > tender; setsid sh -c 'echo $$ > left; sleep 60' & sleep 60");
  const waiting = await glue.runUntilAsked("s", { text: keeping, detached: true });
  await glue.decide(waiting.runId, waiting.permissionId, { allow: true });
  const read = (name: string) => numberIn(place, name);
  await expect.poll(() => isRunning(read("left"))).toBe(true);
  const tender = read("tender");
  const keeper = parentOf(tender);
  for (const pid of [tender, keeper]) process.kill(pid, "SIGSTOP");
  daemon.kill("SIGKILL");
  await daemon.exited;
  for (const pid of [tender, keeper]) process.kill(pid, "SIGKILL");
  expect(isRunning(read("left"))).toBe(true);
  const next = await start();
  await expectGone([read("left"), tender, keeper]);
  await expectIdle(next);
});

for (const which of ["keeper", "tender"] as const) {
  test(`a killed supervisor ends its call and no more: the ${which}`, async ({ daemon, glue, place }) => {
    const tool = await startTool(glue, place);
    process.kill(tool[which], "SIGKILL");
    const { last, results } = await outcomeOf(tool);
    expect(last).toBe("run_done");
    expect(results).toMatchObject([{ tool_result: { is_error: true } }]);
    await expectGone(tool.pids);
    await expectIdle(daemon);
    expect((await glue.run("after", "still here")).at(-1)?.event).toBe("run_done");
  });
}

for (const which of ["program", "tender", "keeper"] as const) {
  test(`a call ends when it is canceled, though this is suspended: the ${which}`, async ({
    daemon,
    glue,
    place,
  }) => {
    const tool = await startTool(glue, place);
    process.kill(tool[which], "SIGSTOP");
    await glue.cancel(tool.waiting.runId);
    await tool.waiting.stream.ended;
    await expectGone(tool.pids);
    await expectIdle(daemon);
  });
}

test("a daemon that is suspended goes on where it was, and has allowed nothing meanwhile", async ({
  daemon,
  glue,
  place,
}) => {
  const running = await glue.runUntilAsked("s", {
    text: shell("sleep 0.3; echo done > done"),
    detached: true,
  });
  await glue.decide(running.runId, running.permissionId, { allow: true });
  const asked = await glue.runUntilAsked("t", { text: shell("echo no > unasked"), detached: true });
  daemon.kill("SIGSTOP");
  await pause(1_000);
  expect(readFileSync(join(place.work, "done"), "utf8")).toBe("done\n");
  daemon.kill("SIGCONT");
  const frames = await running.stream.ended;
  expect(payloadsOf(frames, "tool_end")).toMatchObject([{ tool_result: { metadata: { exit_code: 0 } } }]);
  expect(() => readFileSync(join(place.work, "unasked"))).toThrow();
  await glue.cancel(asked.runId);
  await asked.stream.ended;
  await expectIdle(daemon);
  expect(() => readFileSync(join(place.work, "unasked"))).toThrow();
});
