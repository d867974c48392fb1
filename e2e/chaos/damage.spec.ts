import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { killWhileStarting, type Daemon, type DaemonPlace } from "../fixtures/daemon.ts";
import { createGlue, writeFile } from "../fixtures/glue.ts";
import { createNative } from "../fixtures/native.ts";
import { createChance } from "../fixtures/random.ts";
import { expect, test } from "../fixtures/test.ts";

interface StorageStatus {
  readonly trouble: string | null;
  readonly incident: {
    readonly kind: string;
    readonly detail: string;
    readonly keptAs: string | null;
  } | null;
  readonly backups: readonly { readonly name: string }[];
}

const SEED = Number(process.env["GATEHOUSE_CHAOS_SEED"] ?? Date.now() % 1_000_000_007);
const PREFIX = "/gatehouse/v1/storage";
const databaseOf = ({ home }: DaemonPlace) => join(home, "gatehouse.db");
const statusOf = async (daemon: Daemon) => (await daemon.owner.get(PREFIX)).json as StorageStatus;
const targetsOf = async (daemon: Daemon) =>
  (await createNative(daemon.owner).ledger()).map(({ targetPreview }) => targetPreview);

async function allowOne(daemon: Daemon, name: string): Promise<void> {
  const glue = createGlue(daemon.api);
  await glue.answer(await glue.runUntilAsked("s", writeFile(name)), { allow: true });
}

async function backUp(daemon: Daemon): Promise<string> {
  const made = await daemon.owner.post(`${PREFIX}/backups`, {});
  expect(made.status).toBe(201);
  return (made.json as { name: string }).name;
}

/** In place, as a disk does that fails; never beyond the end. */
function overwrite(path: string, from: number, bytes: number): void {
  const file = openSync(path, "r+");
  const end = Math.min(from + bytes, statSync(path).size);
  writeSync(file, Buffer.alloc(Math.max(0, end - from), 0xa5), 0, undefined, from);
  closeSync(file);
}

test.describe("a database that is damaged while nobody runs", () => {
  const damages: readonly [string, (file: string) => void][] = [
    ["its header overwritten", (file) => overwrite(file, 0, 200)],
    ["pages overwritten", (file) => overwrite(file, 4096, 8 * 4096)],
    ["half of it cut off", (file) => truncateSync(file, Math.floor(statSync(file).size / 8192) * 4096)],
    ["the file gone", (file) => rmSync(file)],
  ];
  for (const [what, damage] of damages) {
    test(`${what}: it is kept, the person is told, and the backup brings all back`, async ({
      start,
      place,
    }) => {
      const file = databaseOf(place);
      const first = await start();
      await allowOne(first, "before.txt");
      const name = await backUp(first);
      await first.stop();
      damage(file);
      const left = existsSync(file) ? readFileSync(file) : null;

      const second = await start();
      const { incident, backups } = await statusOf(second);
      expect(incident).toMatchObject({ kind: left === null ? "missing" : "damaged" });
      if (left !== null) {
        expect(readFileSync(join(place.home, incident?.keptAs ?? "")).equals(left)).toBe(true);
      }
      expect(backups.map((backup) => backup.name)).toContain(name);
      expect(await targetsOf(second)).toEqual([]);
      expect((await second.owner.post(`${PREFIX}/restore`, { name })).json).toEqual({ restarts: false });
      const ended = await second.stop();
      expect(ended.stderr).toMatch(/^gatehouse: The database was (damaged|missing) /);

      const third = await start();
      expect(await targetsOf(third)).toContain("before.txt");
      expect((await statusOf(third)).incident).toMatchObject({ kind: "restored", detail: name });
      expect((await third.owner.post(`${PREFIX}/incident/seen`, {})).status).toBe(200);
      await allowOne(third, "after.txt");
      await third.stop();
      const fourth = await start();
      expect((await statusOf(fourth)).incident).toBeNull();
      expect(await targetsOf(fourth)).toEqual(expect.arrayContaining(["before.txt", "after.txt"]));
    });
  }
});

test("a log that is gone after a kill is told, the database is whole, and nothing is allowed", async ({
  start,
  place,
}) => {
  const first = await start();
  await allowOne(first, "before.txt");
  const waiting = await createGlue(first.api).runUntilAsked("s", writeFile("waiting.txt"));
  first.kill("SIGKILL");
  await first.exited;
  const undisturbed = await start();
  expect((await statusOf(undisturbed)).incident).toBeNull();
  undisturbed.kill("SIGKILL");
  await undisturbed.exited;
  await waiting.stream.ended.catch(() => []);
  rmSync(`${databaseOf(place)}-wal`);
  const second = await start();
  expect((await statusOf(second)).incident).toMatchObject({ kind: "incomplete" });
  expect(await createNative(second.owner).pending()).toEqual([]);
  expect(await createNative(second.owner).activeRuns()).toEqual([]);
  expect(existsSync(join(place.work, "waiting.txt"))).toBe(false);
  await allowOne(second, "after.txt");
  expect(await backUp(second)).toMatch(/^gatehouse-/);
});

test("a database that is damaged while the daemon runs allows nothing until another one takes over", async ({
  start,
  place,
}) => {
  const daemon = await start();
  await allowOne(daemon, "before.txt");
  const name = await backUp(daemon);
  const waiting = await createGlue(daemon.api).runUntilAsked("s", writeFile("waiting.txt"));
  // In the log as well, which is read before the file.
  for (const end of ["", "-wal"]) {
    const file = databaseOf(place) + end;
    overwrite(file, 4096, statSync(file).size);
  }
  await expect
    .poll(async () => {
      await daemon.owner.post(`${PREFIX}/backups`, {});
      await daemon.owner.post("/gatehouse/v1/diagnostics/checks", {});
      return (await statusOf(daemon)).trouble;
    })
    .toBe("damaged");
  const answer = await createNative(daemon.owner).decide(waiting.permissionId, { decision: "allow" });
  expect(answer.status).toBe(507);
  await waiting.stream.ended;
  expect(existsSync(join(place.work, "waiting.txt"))).toBe(false);
  expect((await daemon.owner.post(`${PREFIX}/restore`, { name })).status).toBe(200);
  expect((await daemon.stop()).code).toBe(0);

  const next = await start();
  expect(await targetsOf(next)).toContain("before.txt");
  const { trouble, incident } = await statusOf(next);
  expect([trouble, incident?.kind]).toEqual([null, "restored"]);
});

test("killed again and again while another database takes over, it ends with all of it", async ({
  start,
  place,
}) => {
  test.setTimeout(120_000);
  process.stdout.write(`GATEHOUSE_CHAOS_SEED=${SEED}\n`);
  const chance = createChance(SEED);
  for (let round = 0; round < 5; round += 1) {
    const daemon = await start();
    await allowOne(daemon, `round-${round}.txt`);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const name = await backUp(daemon);
    expect((await daemon.owner.post(`${PREFIX}/restore`, { name })).status).toBe(200);
    daemon.kill("SIGKILL");
    await daemon.exited;
    for (let kill = 0; kill < 3; kill += 1) await killWhileStarting(place, chance.below(300));
    const after = await start();
    expect(await targetsOf(after)).toContain(`round-${round}.txt`);
    expect((await statusOf(after)).incident).toMatchObject({ kind: "restored", detail: name });
    await after.stop();
  }
});
