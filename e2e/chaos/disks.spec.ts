import { existsSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "../fixtures/eventually.ts";
import { runDaemon, type Daemon, type DaemonPlace } from "../fixtures/daemon.ts";
import { createGlue, payloadsOf, writeFile } from "../fixtures/glue.ts";
import { createNative } from "../fixtures/native.ts";
import { mountSmallDisk, whyNoSmallDisk, type SmallDisk } from "../fixtures/small-disk.ts";
import { expect, test as base } from "../fixtures/test.ts";

/** Gatehouse's home lies on a disk of its own; where its tools work does not. */
const test = base.extend<{ kind: "memory" | "file"; disk: SmallDisk }>({
  kind: ["memory", { option: true }],
  disk: async ({ kind, place }, use) => {
    const disk = await mountSmallDisk(place.home, { kind, megabytes: kind === "memory" ? 6 : 16 });
    await use(disk);
    disk.unmount();
  },
});

test.skip(whyNoSmallDisk !== null, whyNoSmallDisk ?? "");

const connectionFiles = ({ home, metadata }: DaemonPlace) => [join(home, "daemon.json"), metadata];
const written = ({ work }: DaemonPlace, name: string) => existsSync(join(work, name));
const outcomesOf = (frames: Parameters<typeof payloadsOf>[0]) =>
  payloadsOf(frames, "permission_settled").map(({ outcome }) => outcome);

/** Two requests wait when the disk stops taking anything: a yes to the first is refused, a no to the second holds. */
async function expectNothingAllowed(daemon: Daemon, breakDisk: () => void): Promise<void> {
  const glue = createGlue(daemon.api);
  const native = createNative(daemon.owner);
  const [yes, no] = [
    await glue.runUntilAsked("yes", writeFile("yes.txt")),
    await glue.runUntilAsked("no", writeFile("no.txt")),
  ];
  breakDisk();
  const allowed = await native.decide(yes.permissionId, { decision: "allow" });
  expect([allowed.status, (allowed.json as { error: { code: string } }).error.code]).toEqual([
    507,
    "request.not_recorded",
  ]);
  expect((await native.decide(no.permissionId, { decision: "deny", reason: "no" })).status).toBe(200);
  for (const waiting of [yes, no]) expect(outcomesOf(await waiting.stream.ended)).toEqual(["denied"]);
  // Whoever comes now is refused, and what is on record can be read.
  for (let at = 0; at < 20; at += 1) {
    const answer = await daemon.api.post("/v1/sessions/late/runs", { text: writeFile(`late-${at}.txt`) });
    expect([201, 507]).toContain(answer.status);
    if (answer.status === 201) await glue.events((answer.json as { run_id: string }).run_id);
    expect(written(daemon.place, `late-${at}.txt`)).toBe(false);
  }
  expect([written(daemon.place, "yes.txt"), written(daemon.place, "no.txt")]).toEqual([false, false]);
  expect((await native.ledger()).map(({ targetPreview }) => targetPreview)).toContain("before.txt");
  const search = await daemon.owner.get("/gatehouse/v1/decisions?search=before");
  expect(search.status).toBe(200);
  expect((await daemon.owner.get("/gatehouse/v1/health")).json).toMatchObject({
    trouble: expect.stringMatching(/^(full|read_only)$/),
  });
  expect(await native.pending()).toEqual([]);
  expect((await daemon.owner.post("/gatehouse/v1/diagnostics/checks", {})).status).toBe(200);
}

const allowOne = async (daemon: Daemon, name: string) => {
  const glue = createGlue(daemon.api);
  await glue.answer(await glue.runUntilAsked("s", writeFile(name)), { allow: true });
};

test("a full disk ends nothing, allows nothing, and goes on by itself once there is room", async ({
  start,
  place,
  disk,
}) => {
  const daemon = await start();
  await allowOne(daemon, "before.txt");
  await expectNothingAllowed(daemon, disk.fill);
  await disk.makeRoom();

  const native = createNative(daemon.owner);
  const refused = ["yes.txt", "no.txt"];
  const ledger = await eventually(
    () => native.ledger(),
    (rows) => refused.every((name) => rows.some(({ targetPreview }) => targetPreview === name)),
  );
  for (const name of refused) {
    expect(ledger.find(({ targetPreview }) => targetPreview === name)).toMatchObject({ outcome: "denied" });
  }
  await allowOne(daemon, "after.txt");
  expect(written(place, "after.txt")).toBe(true);
  expect((await daemon.stop()).code).toBe(0);
  expect(connectionFiles(place).filter(existsSync)).toEqual([]);

  const next = await start();
  const after = await createNative(next.owner).ledger();
  expect(after.map(({ id }) => id)).toEqual(expect.arrayContaining(ledger.map(({ id }) => id)));
});

test("a daemon that ends while the disk is full leaves no connection file", async ({
  start,
  place,
  disk,
}) => {
  const daemon = await start();
  disk.fill();
  for (let at = 0; at < 30; at += 1) await daemon.api.post("/v1/sessions/s/runs", { text: "/no {" });
  expect((await daemon.stop()).code).toBe(0);
  expect(connectionFiles(place).filter(existsSync)).toEqual([]);
  const refused = await runDaemon(place);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/^gatehouse: .*(can't be written: ENOSPC|the disk is full).*\n$/);
  expect(connectionFiles(place).filter(existsSync)).toEqual([]);
});

test.describe("a disk that becomes read-only", () => {
  test.use({ kind: "file" });

  test("ends nothing and allows nothing; what is there can be read", async ({ start, place, disk }) => {
    const daemon = await start();
    await allowOne(daemon, "before.txt");
    await expectNothingAllowed(daemon, disk.makeReadOnly);
    expect((await daemon.stop()).code).toBe(0);
    expect(existsSync(place.metadata)).toBe(false);
    const refused = await runDaemon(place);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toBe(
      `gatehouse: The database ${join(place.home, "gatehouse.db")} can't be used: the disk can only be read\n`,
    );
  });
});
