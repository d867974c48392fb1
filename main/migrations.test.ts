import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import type { RunId, SessionId } from "./contract/ids.ts";
import type { Run } from "./areas/runs/contract.ts";
import { openDatabase, type SqliteDatabase } from "./kernel/database.ts";
import { migrations } from "./migrations.ts";
import { createCore } from "./testing/core.ts";
import { fillAsReleased } from "./testing/full-database.ts";
import { dumpSchema } from "./testing/schemas/dump.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";
import { atOnce } from "./kernel/slices.ts";

const SCHEMAS = fileURLToPath(new URL("testing/schemas", import.meta.url));
const FILES = readdirSync(SCHEMAS).filter((file) => file.endsWith(".sql"));
const EARLIER = FILES.filter((file) => !file.endsWith(".rows.sql")).map((file) => file.replace(/\.sql$/, ""));
const NEWEST =
  migrations
    .map(({ id }) => id)
    .toSorted()
    .at(-1) ?? "";

const read = (file: string) => readFileSync(join(SCHEMAS, file), "utf8");

function open(file: string, steps = migrations): SqliteDatabase {
  const db = openDatabase(file, steps);
  onTestFinished(() => void db.close());
  return db;
}

/** As it is, without bringing anything up to date. */
function openPlainly(file: string): SqliteDatabase {
  const nativeBinding = process.env["GATEHOUSE_SQLITE_BINDING"];
  return new Database(file, nativeBinding === undefined ? {} : { nativeBinding });
}

/** A database as an earlier version left it. */
function leftBy(version: string): string {
  const file = join(temporaryFolder(), "gatehouse.db");
  const db = openPlainly(file);
  db.exec(read(`${version}.sql`));
  if (FILES.includes(`${version}.rows.sql`)) db.exec(read(`${version}.rows.sql`));
  db.close();
  return file;
}

/** The same for schemas that differ only in how they were written down. */
const shapeOf = (db: SqliteDatabase) =>
  dumpSchema(db)
    .split(";\n")
    .map((statement) => statement.replaceAll(/\s+/g, " ").replaceAll('"', ""))
    .toSorted();

describe("steps that were released", () => {
  test("are never edited: mend the schema with a new step", () => {
    const digests = Object.fromEntries(
      migrations.map(({ id, sql }) => [id, createHash("sha256").update(sql).digest("hex")]),
    );
    expect(digests).toMatchObject({
      "20261121-0-word-index": "0d87bd0042d941a9cf195a17b2eb16e5b3a4ade08225facba0dc07a9b491bc11",
      "20261121-1-sessions": "089a81f37feff17448ac70387fe2e4c63ad26b6659a7efb926c622e969030063",
      "20261121-2-permissions": "95f6b54c29d76db56078882ec4af6ee5b79802c4757dae724e51e9a1bfb17c95",
      "20261121-3-runs": "8f2b395ad2ff815d69601028aabde296aee12e3e52c9ad5b1acd1dd4a5f3bf55",
      "20261121-4-decisions-words": "eddb1c161a50b8f27a2e0b58d0e941b4010f06b14a5712ead010438786535b5d",
      "20261121-4-runs-words": "1fa9a25a456b83606e2a86a389b9abb6f662649b6a1cc276378ce130d08d4996",
      "20261121-4-sessions-words": "eb7fe7029b3801211463422c402fd7d195bdf7c15fa8a24e935f1e57b1c4913a",
      "20261121-4-word-index": "3410c88a947cdbcf87d373eb217be96238a6a4ad2d5978ab9032bcdf3f21b8bd",
      "20261121-5-origins": "1c872ed5acd0439903944a3459b3e35ffdc6c1e52da9786ebb0da0ab3fbb5192",
      "20261121-8-access": "47ace286f44ccf0a3bc1fd60dce34a1d00c62a8feeba9b60751703b9b19dc390",
      "20261122-1-history": "b8c4538811c0cf19f03432d5111acc51cd1e4f8e9402fa4d78ac10742d223846",
      "20261122-2-grant-stamps": "624624ad320f171373b2d31d434f7536eba287787449d115f880dff310d29b25",
      "20261122-2-key-stamps": "477ac7ddd5f134148f424338795928f6ee29d34e49377fd86711892a741187fa",
      "20261122-4-incidents": "25a0c6be7c8d37fcc4fdb6a803ba70d8b1990c17daf5249c8def25b82555457b",
      "20261122-5-changed-rows": "f1c8c1db757e6bf548723c5d12e050ca70d65efb03d7fd95900381c2e55c0342",
      "20261122-7-answers": "a5a87d8162b1b79fd421fe41c6e20187112d8f5b987c1cf789997e31d0f30ebe",
      "20261122-7-questions": "6c74f21b3823e231179f8238e19d56342929e0f42b9cbe8db32969b8e74d4fde",
      "20261123-1-archives": "acb67d93fac01d94b8c1f807c39e6e561f02afd7c37996f5881507c32de9537c",
      "20261123-2-usage": "ab5e0cb5351bafd85bd41277248d5bb9647e9fc3b2f1139a67d00c02aa15f228",
      "20261123-4-sessions": "945a2beb3ea7971d54df6cffdd6485102cde4a3d8743089e4f269f465bc22f4d",
      "20261123-5-retention": "ef7f0fe7f79627f1d4f1dcdd2da6175937786a44b988465cdb8f10c2ca9b5a11",
      "20261124-1-memories": "79cca38b5129fc04f2688e722cb2b7b34ee37e7b24091bcb16337d8a4a7d9cc0",
      "20261123-6-agreements": "3d00b43608716329408b98071390af192c21972d6f567061353fc70ddee800e8",
    });
  });

  test("have ids of their own that sort in the order they were written", () => {
    const ids = migrations.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^\d{8}-\d-[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  });

  test("have their dump", async () => {
    await expect(dumpSchema(open(":memory:"))).toMatchFileSnapshot(join(SCHEMAS, `${NEWEST}.sql`));
  });
});

describe.each(EARLIER)("a database left by %s", (version) => {
  test("gets the schema of a new one", () => {
    const upgraded = open(leftBy(version));
    expect(shapeOf(upgraded)).toEqual(shapeOf(open(":memory:")));
    expect(upgraded.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(upgraded.pragma("foreign_key_check")).toEqual([]);
  });

  test.skipIf(version === "empty")("is what its steps make of an empty one", () => {
    const file = leftBy(version);
    const db = openPlainly(file);
    const ids = new Set(db.prepare("SELECT id FROM migrations").pluck().all());
    const steps = migrations.filter(({ id }) => ids.has(id));
    expect(steps).toHaveLength(ids.size);
    expect(shapeOf(open(":memory:", steps))).toEqual(shapeOf(db));
    db.close();
  });

  test.runIf(FILES.includes(`${version}.rows.sql`))("loses nothing", async () => {
    const { sessions, runs, permissions } = createCore({ db: open(leftBy(version)) });
    const session = "telegram:42" as SessionId;
    const run = `run_${"1".repeat(32)}` as RunId;
    expect((await sessions.list({ limit: 9, search: "tidy" })).sessions).toMatchObject([
      { id: session, messageCount: 2 },
    ]);
    expect(sessions.messages(session, 0, 9).messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
    expect(sessions.view(session)).toHaveLength(2);
    expect((await runs.list({ limit: 9, search: "tidy", status: "done" })).runs).toMatchObject([
      { id: run, lastSeq: 2 },
    ]);
    expect(atOnce(runs.events(run, 0, 9)).events.map(({ type }) => type)).toEqual(["run_start", "run_done"]);
    expect(permissions.grants()).toMatchObject([{ id: "grant_1111111111111111", useCount: 3 }]);
    expect((await permissions.decisions({ limit: 9, search: "push" })).decisions).toMatchObject([
      { outcome: "allowed", door: "run", runId: run, asker: { kind: "owner", id: "owner", name: "" } },
    ]);
    expect(
      permissions.get((await permissions.decisions({ limit: 1 })).decisions[0]?.permissionId as never),
    ).toMatchObject({
      door: "run",
      runId: run,
      sessionId: session,
      callId: null,
      asker: { kind: "owner", id: "owner", name: "" },
      status: "allowed",
      target: "git push",
    });
  });
});

describe("a full database of the released schema", () => {
  const volume = { runs: 20_000, runsPerSession: 10, waiting: 20, grants: 500 };
  const full = () => {
    const file = join(temporaryFolder(), "gatehouse.db");
    const db = openPlainly(file);
    db.exec(read("20261121-3-runs.sql"));
    fillAsReleased(db, volume);
    db.close();
    return open(file);
  };

  test("is brought up to date and loses nothing", async () => {
    const db = full();
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(db.pragma("foreign_key_check")).toEqual([]);
    const { runs, permissions, sessions } = createCore({ db });
    const all: Run[] = [];
    for (let next: string | null = ""; next !== null;) {
      const page = await runs.list({ limit: 500, after: next || undefined });
      all.push(...page.runs);
      next = page.next;
    }
    expect(all).toHaveLength(volume.runs);
    expect(all.filter(({ status }) => status === "failed")).toHaveLength(volume.waiting);
    const [oldest, newest] = [all.at(-1), all[0]];
    expect(atOnce(runs.events(oldest?.id as RunId, 0, 99)).events.map(({ type }) => type)).toEqual([
      "run_start",
      "message_end",
      "tool_start",
      "permission_request",
      "run_done",
    ]);
    expect(atOnce(runs.events(newest?.id as RunId, 0, 99)).events.at(-1)?.type).toBe("run_error");
    expect(permissions.pending()).toEqual([]);
    expect(permissions.grants()).toHaveLength(volume.grants);
    const counts = db.prepare(
      "SELECT outcome, count(*) AS n FROM decisions GROUP BY outcome ORDER BY outcome",
    );
    expect(counts.all()).toEqual([
      { outcome: "allowed", n: volume.runs - volume.waiting },
      { outcome: "withdrawn", n: volume.waiting },
    ]);
    const { messages, total } = sessions.messages("session-1" as SessionId, 0, 500);
    expect([messages.length, total]).toEqual([20, 20]);
  }, 60_000);

  test("finds by its words what was there before and what has come since", async () => {
    const { runs, permissions, sessions } = createCore({ db: full() });
    expect((await runs.list({ limit: 9, search: "mend 17000" })).runs).toMatchObject([
      { title: "mend part 17000 of the fence" },
    ]);
    expect((await runs.list({ limit: 9, search: "part 12345" })).runs).toMatchObject([{ status: "done" }]);
    expect((await permissions.decisions({ limit: 9, search: "target-777 make" })).decisions).toHaveLength(9);
    expect(
      (await permissions.decisions({ limit: 30, outcome: "withdrawn", search: "make" })).decisions,
    ).toHaveLength(volume.waiting);
    // One by its name, one by the number in its title.
    expect((await sessions.list({ limit: 9, search: "session 1999" })).sessions).toMatchObject([
      { id: "session-2000", title: "mend part 19991 of the fence", runCount: 10 },
      { id: "session-1999", runCount: 10 },
    ]);
  }, 60_000);
});
