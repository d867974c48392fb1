import Database from "better-sqlite3";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { killWhileStarting, type Daemon, type DaemonPlace } from "../fixtures/daemon.ts";
import { createGlue } from "../fixtures/glue.ts";
import { createNative } from "../fixtures/native.ts";
import { createChance } from "../fixtures/random.ts";
import { expect, test } from "../fixtures/test.ts";
import { gatherCrowd } from "./crowd.ts";
import { addTo, contradiction, createWitness, type Witness } from "./witness.ts";

const KILLS = Number(process.env["GATEHOUSE_CHAOS_KILLS"] ?? 100);
const SEED = Number(process.env["GATEHOUSE_CHAOS_SEED"] ?? Date.now() % 1_000_000_007);
const CLIENTS = 4;
const MAX_LIFE_MS = 700;
/** Far more than a start takes, for machines that do other things too. */
const MAX_START_MS = 5_000;

test.use({ daemonOptions: { settings: { coding: { allow_overwrite: true } } } });

test("nothing that was acknowledged is lost, however often the daemon is killed", async ({
  start,
  place,
}) => {
  test.setTimeout(60_000 + KILLS * 3_000);
  process.stdout.write(`${KILLS} kills, GATEHOUSE_CHAOS_SEED=${SEED}\n`);
  const chance = createChance(SEED);
  const all = createWitness();
  const starts: number[] = [];
  let last = createWitness();
  let count = 0;
  const serial = () => (count += 1);

  const wake = async (): Promise<Daemon> => {
    const at = performance.now();
    const daemon = await start();
    expect((await daemon.api.get("/v1/health")).status).toBe(200);
    starts.push(performance.now() - at);
    return daemon;
  };

  for (let kill = 0; kill < KILLS; kill += 1) {
    const context = `kill ${kill}`;
    if (chance.oneIn(8)) {
      await killWhileStarting(place, chance.below(350));
      continue;
    }
    const daemon = await wake();
    await expectWhole(daemon, last, context);
    addTo(all, last);
    last = createWitness();
    const crowd = gatherCrowd(daemon, { size: CLIENTS, chance, witness: last, serial });
    await Promise.race([pause(chance.below(MAX_LIFE_MS)), crowd.dispersed]);
    crowd.kill();
    await Promise.all([daemon.exited, crowd.dispersed]);
  }
  addTo(all, last);
  await expectSound(place, "after the last kill");

  const daemon = await wake();
  await expectWhole(daemon, all, "at the end");
  await expectNothingUnasked(daemon, place);
  expect((await createGlue(daemon.api).run("after", "still here")).at(-1)?.event).toBe("run_done");
  expect((await daemon.stop()).code).toBe(0);
  await expectSound(place, "after the end");

  const slowest = Math.max(...starts);
  const frames = [...all.frames.values()].reduce((sum, known) => sum + known.length, 0);
  process.stdout.write(
    `${all.runs.size} runs, ${frames} frames, ${all.decisions.size} decisions, slowest start ${Math.round(slowest)} ms\n`,
  );
  expect(slowest).toBeLessThan(MAX_START_MS);
  expect(all.decisions.size).toBeGreaterThan(KILLS);
});

/** Everything the clients were told before is still so, and nothing of the killed daemon is still waiting. */
async function expectWhole(daemon: Daemon, known: Witness, context: string): Promise<void> {
  const glue = createGlue(daemon.api);
  const native = createNative(daemon.owner);
  expect(await native.activeRuns(), context).toEqual([]);
  expect((await glue.status()).active_runs, context).toBe(0);
  expect(await native.pending(), context).toEqual([]);

  const ledger = await native.ledger();
  const byPermission = new Map(
    ledger.flatMap((row) => (row.permissionId === null ? [] : [[row.permissionId, row]])),
  );
  const asked = ledger.filter(({ permissionId }) => permissionId !== null);
  expect(byPermission.size, `${context}: every request has one row`).toBe(asked.length);
  for (const [permissionId, decision] of known.decisions) {
    expect(byPermission.get(permissionId), `${context}: ${permissionId}`).toMatchObject(decision);
  }
  for (const runId of known.runs) {
    const run = await glue.runOf(runId);
    expect(["done", "failed", "canceled"], `${context}: ${runId}`).toContain(run.status);
    const replay = (await daemon.api.get(`/v1/runs/${runId}/events`)).text;
    expect(contradiction(known.frames.get(runId) ?? [], replay), `${context}: ${runId}`).toBeNull();
    expect(replay, `${context}: ${runId}`).toContain(`"seq":${run.last_seq},`);
  }
}

/** No file is there that nobody allowed. */
async function expectNothingUnasked(daemon: Daemon, { work }: DaemonPlace): Promise<void> {
  const ledger = await createNative(daemon.owner).ledger();
  const allowed = new Set(
    ledger
      .filter(({ outcome }) => outcome === "allowed")
      .map(({ targetPreview }) => targetPreview.replace(/ \(overwrite\)$/, "")),
  );
  const written = (await readdir(work)).filter((name) => !name.startsWith("."));
  expect(written.filter((name) => !allowed.has(name))).toEqual([]);
  expect(written.length).toBeGreaterThan(0);
}

/** SQLite itself finds nothing wrong with a copy, write-ahead log included. */
async function expectSound({ home }: DaemonPlace, context: string): Promise<void> {
  const copy = join(dirname(home), "copy");
  await mkdir(copy, { recursive: true });
  for (const name of ["gatehouse.db", "gatehouse.db-wal"]) {
    if (existsSync(join(home, name))) await copyFile(join(home, name), join(copy, name));
  }
  const nativeBinding = process.env["GATEHOUSE_SQLITE_BINDING"];
  const db = new Database(join(copy, "gatehouse.db"), nativeBinding === undefined ? {} : { nativeBinding });
  expect(db.pragma("integrity_check"), context).toEqual([{ integrity_check: "ok" }]);
  expect(db.pragma("foreign_key_check"), context).toEqual([]);
  db.close();
}
