import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { personAt, type AccessScope, type Principal } from "../../contract/principal.ts";
import { openDatabase, type SqliteDatabase } from "../../kernel/database.ts";
import { createGroupCommit } from "../../kernel/group-commit.ts";
import { createOpenStreams } from "../../kernel/open-streams.ts";
import { redact } from "../../kernel/redact.ts";
import { migrations } from "../../migrations.ts";
import { turn } from "../../testing/core.ts";
import { createFakeClock, type FakeClock } from "../../testing/fake-clock.ts";
import { KeyName, type AccessKey } from "./contract.ts";
import { createAccessService } from "./service.ts";
import { createAccessStore } from "./store.ts";

const MINUTE = 60_000;
const PERSON = personAt("window");

let db: SqliteDatabase;
let clock: FakeClock;
let published: { type: string; payload: unknown }[];
let openStreams: ReturnType<typeof createOpenStreams>;

beforeEach(() => {
  db = openDatabase(":memory:", migrations);
  onTestFinished(() => void db.close());
  clock = createFakeClock();
  published = [];
  openStreams = createOpenStreams();
});

const start = () =>
  createAccessService({
    store: createAccessStore(db),
    commit: createGroupCommit(db, () => {}),
    clock,
    publish: (type, payload) => void published.push({ type, payload }),
    openStreams,
    report: (error) => {
      throw error;
    },
  });
const holderOf = ({ id, name, scopes }: AccessKey): Principal => ({
  ...PERSON,
  kind: "key",
  id,
  name,
  scopes: new Set(scopes),
});
const wanted = (name = "phone", scopes: AccessScope[] = ["ask", "follow"]) => ({ name, scopes });

describe("a new key", () => {
  test("is told once, is found by its token, and its secret is nowhere", () => {
    const access = start();
    const { key, token } = access.create(wanted(), PERSON);
    expect(token).toMatch(/^gh_[0-9a-f]{16}_[0-9a-f]{64}$/);
    expect(`key_${token.split("_")[1]}`).toBe(key.id);
    expect(access.keyOf(token)?.id).toBe(key.id);
    expect(published[0]).toEqual({ type: "access.created", payload: key });
    const secret = token.split("_")[2] ?? "";
    const kept = JSON.stringify([db.prepare("SELECT * FROM access_keys").all(), access.list(), published]);
    expect(kept).not.toContain(secret);
    expect(redact(`failed with ${token}`)).not.toContain(secret);
  });

  test("is there after a restart", () => {
    const { key, token } = start().create({ ...wanted(), expiresInMs: 5 * MINUTE }, PERSON);
    const next = start();
    expect(next.list()).toEqual([key]);
    expect(next.keyOf(token)).toMatchObject({ id: key.id, scopes: ["ask", "follow"] });
  });

  test("has a name of its own and no right that its maker lacks", () => {
    const access = start();
    const { key } = access.create(wanted("admin", ["admin", "ask"]), PERSON);
    expect(() => access.create(wanted("admin"), PERSON)).toThrow("There is a key");
    expect(() => access.create(wanted("more", ["ask", "answer"]), holderOf(key))).toThrow('"answer"');
    expect(access.create(wanted("less", ["ask"]), holderOf(key)).key.scopes).toEqual(["ask"]);
    expect(access.list()).toHaveLength(2);
  });

  test.each(["", "  ", "a\nb", "a\u202eb", "a\u0000", "x".repeat(61)])("is not called %j", (name) => {
    expect(KeyName.safeParse(name).success).toBe(false);
  });
});

test.each([
  ["another secret", (token: string) => token.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"))],
  ["another id", (token: string) => token.replace(/^gh_./, (text) => (text === "gh_0" ? "gh_1" : "gh_0"))],
  ["upper case", (token: string) => token.toUpperCase()],
  ["a part", (token: string) => token.slice(0, -1)],
  ["more", (token: string) => `${token} `],
])("%s is nobody's", (_what, changed) => {
  const access = start();
  const { token } = access.create(wanted(), PERSON);
  expect(access.keyOf(changed(token))).toBeNull();
});

test("when it was last used is noted in the background, once a minute", async () => {
  const access = start();
  const { token } = access.create(wanted(), PERSON);
  const onDisk = () => db.prepare("SELECT last_used_at FROM access_keys").pluck().get();
  access.keyOf(token);
  expect(onDisk()).toBeNull();
  await turn();
  const first = clock.now();
  expect(onDisk()).toBe(first);
  clock.advance(MINUTE - 1);
  access.keyOf(token);
  await turn();
  expect(onDisk()).toBe(first);
  clock.advance(1);
  access.keyOf(token);
  await turn();
  expect(onDisk()).toBe(clock.now());
  expect(published.filter(({ type }) => type === "access.used")).toHaveLength(2);
});

describe("the end of a key", () => {
  const openFor = (key: AccessKey) => {
    let isOpen = true;
    openStreams.opened(holderOf(key), () => (isOpen = false));
    return () => isOpen;
  };

  test("revoked: nothing more, what is open ends at once, other keys go on", () => {
    const access = start();
    const { key, token } = access.create(wanted(), PERSON);
    const other = access.create(wanted("other"), PERSON);
    const [isOpen, isOtherOpen] = [openFor(key), openFor(other.key)];
    expect(access.revoke(key.id)).toMatchObject({ id: key.id });
    expect([isOpen(), isOtherOpen()]).toEqual([false, true]);
    expect(access.keyOf(token)).toBeNull();
    expect(access.list()).toMatchObject([{ name: "other" }]);
    expect(published.at(-1)).toEqual({ type: "access.revoked", payload: { id: key.id } });
    expect(() => access.revoke(key.id)).toThrow("There is no such key");
    expect(start().keyOf(token)).toBeNull();
    expect(access.create(wanted(), PERSON).key.id).not.toBe(key.id);
  });

  test("refused even where the revocation can't be put on record", () => {
    const access = start();
    const { key, token } = access.create(wanted(), PERSON);
    const isOpen = openFor(key);
    db.exec(
      "CREATE TEMP TRIGGER fails BEFORE UPDATE ON access_keys BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    expect(() => access.revoke(key.id)).toThrow("disk full");
    expect([access.keyOf(token), isOpen()]).toEqual([null, false]);
  });

  test.each([
    ["a clock set back", (by: FakeClock) => by.set(-10 * MINUTE)],
    ["a machine that slept", (by: FakeClock) => by.suspend(5 * MINUTE - 1)],
  ])("expired in time, also with %s", (_what, move) => {
    const access = start();
    const { key, token } = access.create({ ...wanted(), expiresInMs: 5 * MINUTE }, PERSON);
    const isOpen = openFor(key);
    move(clock);
    expect(access.keyOf(token)?.id).toBe(key.id);
    clock.advance(5 * MINUTE);
    expect([access.keyOf(token), isOpen()]).toEqual([null, false]);
    clock.set(-60 * MINUTE);
    expect(access.keyOf(token)).toBeNull();
  });

  test("not believed while the machine, started anew, has a clock before the key was used", () => {
    const { token } = start().create({ ...wanted(), expiresInMs: 60 * MINUTE }, PERSON);
    clock.advance(30 * MINUTE);
    const used = start();
    expect(used.keyOf(token)).not.toBeNull();
    createGroupCommit(db, () => {}).flush();
    db.prepare("UPDATE access_keys SET last_used_at = ?").run(clock.now());
    clock = createFakeClock(clock.now() - 10 * MINUTE);
    const access = start();
    expect(access.keyOf(token)).toBeNull();
    clock.set(10 * MINUTE);
    expect(access.keyOf(token)).not.toBeNull();
    clock.advance(30 * MINUTE);
    expect(access.keyOf(token)).toBeNull();
  });

  test.each(["before", "after"])("expired, for a process that started %s it was made", (when) => {
    const { key, token } = start().create({ ...wanted(), expiresInMs: 5 * MINUTE }, PERSON);
    clock = when === "after" ? createFakeClock(clock.now()) : clock;
    const access = start();
    const isOpen = openFor(key);
    clock.advance(5 * MINUTE - 1);
    expect([access.keyOf(token)?.id, isOpen()]).toEqual([key.id, true]);
    clock.advance(1);
    expect([access.keyOf(token), isOpen()]).toEqual([null, false]);
    expect(published).toContainEqual({ type: "access.expired", payload: { id: key.id } });
    // It stays in the list, where somebody may wonder about it, until it is revoked.
    expect(access.list()).toMatchObject([{ id: key.id }]);
  });
});
