import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createFakeClock } from "../testing/fake-clock.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { createBackupKeeper } from "./backup-keeper.ts";
import { listBackups, superfluous } from "./backups.ts";
import { systemClock } from "./clock.ts";
import type { Migration, SqliteDatabase } from "./database.ts";
import { incidentMigrations, newestIncident } from "./incidents.ts";
import { openKeptDatabase } from "./kept-database.ts";
import { prepareNext } from "./replacement.ts";
import { createStorage } from "./storage.ts";

const NOW = Date.UTC(2026, 10, 21, 20, 40, 12);
const NOTES: Migration = { id: "20260101-1-notes", sql: "CREATE TABLE notes (text TEXT) STRICT" };
const STEPS = [NOTES, ...incidentMigrations];
const isWindows = process.platform === "win32";

function place() {
  const home = temporaryFolder();
  return { home, file: join(home, "gatehouse.db"), backups: join(home, "backups") };
}
type Place = ReturnType<typeof place>;

function open({ file, backups }: Place): SqliteDatabase {
  const db = openKeptDatabase(file, STEPS, { backups, now: NOW });
  onTestFinished(() => void db.close());
  return db;
}

const notes = (db: SqliteDatabase) => db.prepare("SELECT text FROM notes ORDER BY rowid").pluck().all();

/** A database of an earlier process, with more than one page of rows, and nothing in a log beside it. */
function leave(at: Place, count = 500): void {
  const db = open(at);
  const insert = db.prepare("INSERT INTO notes VALUES (?)");
  db.transaction(() => {
    for (let i = 0; i < count; i += 1) insert.run(`note ${i} ${"x".repeat(200)}`);
  })();
  db.close();
}

function overwrite(file: string, at: number, bytes: number): void {
  const content = readFileSync(file);
  content.fill(0xa5, at, at + bytes);
  writeFileSync(file, content);
}

test.each<[string, (at: Place) => void]>([
  ["a header of garbage", ({ file }) => overwrite(file, 0, 100)],
  ["a first page of zeros", ({ file }) => writeFileSync(file, readFileSync(file).fill(0, 0, 4096))],
  ["pages of garbage", ({ file }) => overwrite(file, 3 * 4096, 6 * 4096)],
  ["half of it cut off", ({ file }) => truncateSync(file, Math.floor(statSync(file).size / 2 / 4096) * 4096)],
  ["something else in its place", ({ file }) => writeFileSync(file, "this is no database. ".repeat(1000))],
])("with %s it is kept byte by byte, and what takes over says so", (_what, damage) => {
  const at = place();
  leave(at);
  damage(at);
  const before = readFileSync(at.file);
  const db = open(at);
  expect(notes(db)).toEqual([]);
  const keptAs = "gatehouse-damaged-2026-11-21T20-40-12Z.db";
  expect(newestIncident(db)).toEqual({
    at: NOW,
    kind: "damaged",
    detail: expect.stringMatching(/./) as unknown,
    keptAs,
    isSeen: false,
  });
  expect(readFileSync(join(at.home, keptAs)).equals(before)).toBe(true);
  if (!isWindows) expect(statSync(at.file).mode & 0o777).toBe(0o600);
  db.exec("INSERT INTO notes VALUES ('goes on')");
  db.close();
  const next = open(at);
  expect([notes(next), newestIncident(next)?.keptAs]).toEqual([["goes on"], keptAs]);
});

test("two that are damaged in the same second are both kept", () => {
  const at = place();
  for (const text of ["first ", "second "]) {
    writeFileSync(at.file, text.repeat(1000));
    open(at).close();
  }
  const kept = readdirSync(at.home).filter((name) => name.includes("damaged"));
  expect(kept.map((name) => readFileSync(join(at.home, name), "utf8").split(" ")[0])).toEqual(
    expect.arrayContaining(["first", "second"]),
  );
});

test("a first start is no incident, nor one that was killed at once", () => {
  const at = place();
  expect(newestIncident(open(at))).toBeNull();
  const unborn = place();
  writeFileSync(unborn.file, "");
  expect(newestIncident(open(unborn))).toBeNull();
});

test.each<[string, (at: Place) => void]>([
  ["gone", ({ file }) => rmSync(file)],
  ["empty", ({ file }) => truncateSync(file, 0)],
])("one that is %s, where there are backups, is not taken for a first start", (_what, damage) => {
  const at = place();
  leave(at);
  mkdirSync(at.backups);
  copyFileSync(at.file, join(at.backups, "gatehouse-2026-11-20T10-00-00Z.db"));
  damage(at);
  expect(newestIncident(open(at))).toMatchObject({ isSeen: false });
});

test("a log without its database is kept, and told", () => {
  const at = place();
  writeFileSync(`${at.file}-wal`, "what was written last");
  expect(newestIncident(open(at))).toMatchObject({ kind: "missing" });
  const kept = "gatehouse-missing-2026-11-21T20-40-12Z.db-wal";
  expect(readFileSync(join(at.home, kept), "utf8")).toBe("what was written last");
});

test("a log that was taken away after a kill is told; one that was closed in order is not missed", () => {
  const at = place();
  leave(at, 3);
  expect(newestIncident(open(at))).toBeNull();
  const killed = place();
  leave(killed, 3);
  writeFileSync(`${killed.file}.open`, "");
  const db = open(killed);
  expect(newestIncident(db)).toMatchObject({ kind: "incomplete", keptAs: null });
  expect(notes(db)).toHaveLength(3);
});

test.each(["nothing is moved yet", "the log is moved", "log and file are moved"])(
  "the power may go when %s: the next start finishes it",
  (when) => {
    const at = place();
    leave(at);
    writeFileSync(`${at.file}-wal`, "");
    prepareNext(at.file, STEPS, { at: NOW, kind: "restored", detail: "", from: null });
    const kept = join(at.home, "gatehouse-before-restore-2026-11-21T20-40-12Z.db");
    if (when !== "nothing is moved yet") renameSync(`${at.file}-wal`, `${kept}-wal`);
    if (when === "log and file are moved") renameSync(at.file, kept);
    const db = open(at);
    expect([notes(db), newestIncident(db)?.kind]).toEqual([[], "restored"]);
    expect(statSync(kept).size).toBeGreaterThan(50_000);
    expect(existsSync(`${kept}-wal`)).toBe(true);
    expect(readdirSync(at.home).filter((name) => /tmp|next/.test(name))).toEqual([]);
  },
);

test("what was only half prepared changes nothing and is removed", () => {
  const at = place();
  leave(at, 3);
  writeFileSync(`${at.file}.0011.tmp`, "half");
  expect(notes(open(at))).toHaveLength(3);
  expect(readdirSync(at.home).filter((name) => name.includes("tmp"))).toEqual([]);
});

function keep(at: Place, now = () => NOW) {
  const db = open(at);
  const storage = createStorage(db, () => {});
  onTestFinished(() => void storage.close());
  const reported: unknown[] = [];
  const fake = createFakeClock();
  const clock = { ...fake, now, after: fake.after };
  const { file, backups: folder } = at;
  const report = (error: unknown) => void reported.push(error);
  const keeper = createBackupKeeper({
    file,
    folder,
    migrations: STEPS,
    health: storage.health,
    clock,
    report,
  });
  return { ...storage, keeper, reported, fake };
}

test("a backup is whole, one file, for its owner alone, and made beside writes that go on", async () => {
  const at = place();
  leave(at, 2_000);
  const { db, keeper, close } = keep(at);
  const made = keeper.make();
  let isMade = false;
  void made.then(() => (isMade = true));
  let written = 0;
  while (!isMade) {
    db.exec("INSERT INTO notes VALUES ('meanwhile')");
    written += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const backup = await made;
  expect(keeper.list()).toEqual([backup]);
  expect(readdirSync(at.backups)).toEqual(["gatehouse-2026-11-21T20-40-12Z.db"]);
  if (!isWindows) expect(statSync(join(at.backups, backup.name)).mode & 0o777).toBe(0o600);
  expect(written).toBeGreaterThan(0);

  db.exec("INSERT INTO notes VALUES ('later')");
  await keeper.arrange(backup.name, { kind: "restored", detail: backup.name });
  await close();
  const restored = open(at);
  const count = notes(restored).length;
  expect(count).toBeGreaterThanOrEqual(2_000);
  expect(notes(restored)).not.toContain("later");
  expect(restored.pragma("integrity_check", { simple: true })).toBe("ok");
  const incident = newestIncident(restored);
  expect(incident).toMatchObject({ kind: "restored", detail: backup.name });
  // What was there is kept, log and all.
  const before = openKeptDatabase(join(at.home, incident?.keptAs ?? ""), STEPS, {
    backups: "none",
    now: NOW,
  });
  onTestFinished(() => void before.close());
  expect(notes(before)).toContain("later");
});

test("a database that is damaged while it is open is found by the backup, which is not kept", async () => {
  const at = place();
  leave(at, 2_000);
  const { db, commit, health, keeper } = keep(at);
  overwrite(at.file, 20 * 4096, 50 * 4096);
  await expect(keeper.make()).rejects.toMatchObject({ code: "request.not_recorded" });
  expect([health.current(), keeper.list(), readdirSync(at.backups)]).toEqual(["damaged", [], []]);
  expect(keeper.failure()).not.toBeNull();
  // Nothing is written to it any more.
  await expect(commit.write(() => db.exec("INSERT INTO notes VALUES ('lost')"))).rejects.toMatchObject({
    code: "request.not_recorded",
  });
  expect(() => commit.now(() => {})).toThrow("The database is damaged");
});

test("a backup that is damaged itself can't take over", async () => {
  const at = place();
  leave(at, 2_000);
  const { keeper } = keep(at);
  const { name } = await keeper.make();
  overwrite(join(at.backups, name), 20 * 4096, 50 * 4096);
  await expect(keeper.arrange(name, { kind: "restored", detail: name })).rejects.toThrow(/damaged|malformed/);
  expect(readdirSync(at.home).filter((each) => /tmp|next/.test(each))).toEqual([]);
});

test("one is made each day, by whichever day the clock shows", async () => {
  const at = place();
  leave(at, 3);
  let now = NOW;
  const { keeper, fake } = keep(at, () => now);
  const HOUR = 3_600_000;
  const pass = async (hours: number, byClock = hours) => {
    for (let hour = 0; hour < hours; hour += 1) {
      now += (byClock / hours) * HOUR;
      fake.advance(HOUR);
      const waitUntil = systemClock.steady() + 5_000;
      while (fake.waiting === 0 && systemClock.steady() < waitUntil)
        await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  await pass(2);
  expect(keeper.list()).toHaveLength(1);
  await pass(21);
  expect(keeper.list()).toHaveLength(1);
  await pass(3);
  expect(keeper.list()).toHaveLength(2);
  now -= 365 * 24 * HOUR;
  await pass(2);
  expect(keeper.list()).toHaveLength(3);
  keeper.stop();
});

test("five are kept, fewer where they are large, the newest always", () => {
  const of = (count: number, bytes: number) =>
    Array.from({ length: count }, (_, at) => ({ name: String(at), at: -at, bytes }));
  const names = (...given: Parameters<typeof superfluous>) => superfluous(...given).map(({ name }) => name);
  expect(names(of(7, 1))).toEqual(["5", "6"]);
  expect(names(of(4, 400), { maxBytes: 1_000 })).toEqual(["2", "3"]);
  expect(names(of(2, 5_000), { maxBytes: 1_000 })).toEqual(["1"]);
});

test("what else lies in the folder is no backup", () => {
  const { backups } = place();
  expect(listBackups(backups)).toEqual([]);
  mkdirSync(backups);
  mkdirSync(join(backups, "gatehouse-2026-11-20T10-00-00Z.db"));
  for (const name of [
    "notes.txt",
    "gatehouse-2026-11-21T10-00-00Z.db.1f.tmp",
    "gatehouse-2026-99-99T10-00-00Z.db",
  ])
    writeFileSync(join(backups, name), "x");
  expect(listBackups(backups)).toEqual([]);
});
