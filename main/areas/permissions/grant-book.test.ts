import { describe, expect, test } from "vitest";
import type { GrantId } from "../../contract/ids.ts";
import type { SqliteDatabase } from "../../kernel/database.ts";
import { createFakeClock, type FakeClock } from "../../testing/fake-clock.ts";
import { createCore, turn, WORKSPACE, type Core } from "../../testing/core.ts";
import type { Scope } from "./contract.ts";
import { AT_POPUP, requestOf } from "./testing/ask.ts";

const MINUTE = 60_000;

/** Asks about `value`; when a person has to be asked, the answer is to allow it with `scope`. Tells who decided. */
async function call(
  { permissions }: Core,
  value: string,
  scope: Scope = "once",
  session = "s1",
): Promise<string> {
  const request = requestOf({ value, session }, new AbortController().signal);
  const answer = permissions.ask(request, ({ id }) => {
    setImmediate(() => permissions.decide(id, { decision: "allow", scope }, AT_POPUP));
  });
  return (await answer).decidedBy.kind;
}

const onlyGrant = ({ permissions }: Core) => {
  const [grant, ...more] = permissions.grants();
  if (grant === undefined || more.length > 0) throw new Error("expected one grant");
  return grant;
};

test("a grant is announced, used silently, and every use is on record", async () => {
  const core = createCore();
  expect(await call(core, "x", "session")).toBe("popup");
  const grant = onlyGrant(core);
  expect(grant).toMatchObject({
    scope: "session",
    owner: "client:claude-code",
    sentence: `claude-code may use \`side_effect\` on anything in ${WORKSPACE}`,
    useCount: 0,
    lastUsedAt: null,
  });
  expect(core.payloads("permissions.granted")).toEqual([grant]);
  core.clock.advance(1_000);
  expect(await call(core, "y")).toBe("grant");
  expect(await call(core, "z")).toBe("grant");
  expect(onlyGrant(core)).toMatchObject({ useCount: 2, lastUsedAt: core.clock.now() });
  const { decisions } = await core.permissions.decisions({ limit: 9 });
  expect(
    decisions.map(({ decidedBy, targetPreview, scope }) => [decidedBy.name, targetPreview, scope]),
  ).toEqual([
    [grant.id, "z", "session"],
    [grant.id, "y", "session"],
    ["", "x", "session"],
  ]);
  expect(core.payloads("permissions.asked")).toHaveLength(1);
});

test("given again it stays one, newer", async () => {
  const core = createCore();
  await call(core, "x", "minutes_15");
  const first = onlyGrant(core);
  core.clock.advance(10 * MINUTE);
  core.permissions.revoke(first.id);
  await call(core, "x", "minutes_15");
  expect(onlyGrant(core)).toMatchObject({ id: first.id, createdAt: core.clock.now() });
  // The first one's time being up does not take the second one with it.
  core.clock.advance(10 * MINUTE);
  expect(await call(core, "x")).toBe("grant");
});

test("they are listed oldest first", async () => {
  const core = createCore();
  for (const value of ["c", "a", "b"]) {
    await call(core, value, "forever");
    core.clock.advance(1);
  }
  expect(core.permissions.grants().map(({ target }) => target)).toEqual(["c", "a", "b"]);
});

describe("time", () => {
  test("ends a timed grant by itself: announced, and gone from the disk", async () => {
    const core = createCore();
    await call(core, "x", "minutes_15");
    core.clock.advance(15 * MINUTE - 1);
    expect(await call(core, "x")).toBe("grant");
    const { id } = onlyGrant(core);
    core.clock.advance(1);
    expect(core.permissions.grants()).toEqual([]);
    expect(core.payloads("permissions.revoked")).toEqual([{ id }]);
    await turn();
    expect(createCore({ db: core.db, clock: core.clock }).permissions.grants()).toEqual([]);
    expect(await call(core, "x")).toBe("popup");
  });

  test("goes on while the daemon is not running", async () => {
    const core = createCore();
    await call(core, "x", "minutes_15");
    const { db, clock } = core;
    const sooner = createCore({ db, clock });
    clock.advance(14 * MINUTE);
    expect(await call(sooner, "x")).toBe("grant");
    const rows = () => db.prepare("SELECT count(*) FROM permission_grants").pluck().get();
    db.prepare("UPDATE permission_grants SET expires_at = ?").run(clock.now() - 1);
    const later = createCore({ db, clock });
    expect(await call(later, "x")).toBe("popup");
    clock.advance(0);
    await turn();
    expect([later.permissions.grants(), rows()]).toEqual([[], 0]);
  });

  test.each([
    ["set back by a day", (clock: FakeClock) => clock.set(-24 * 60 * MINUTE)],
    ["set back by what has passed", (clock: FakeClock) => clock.set(-10 * MINUTE)],
    ["set back and forth again", (clock: FakeClock) => (clock.set(-MINUTE), clock.set(MINUTE))],
  ])("is no longer for a clock %s", async (_what, move) => {
    const core = createCore();
    await call(core, "x", "minutes_15");
    core.clock.advance(10 * MINUTE);
    move(core.clock);
    expect(await call(core, "x")).toBe("grant");
    core.clock.advance(5 * MINUTE - 1);
    expect(await call(core, "x")).toBe("grant");
    core.clock.advance(1);
    expect(core.permissions.grants()).toEqual([]);
    expect(await call(core, "x")).toBe("popup");
  });

  test("goes on while the machine sleeps, before any timer tells", async () => {
    const core = createCore();
    await call(core, "x", "minutes_15");
    const { id } = onlyGrant(core);
    core.clock.suspend(15 * MINUTE);
    expect(core.permissions.grants()).toEqual([]);
    expect(await call(core, "x")).toBe("popup");
    core.clock.advance(MINUTE);
    expect(core.payloads("permissions.revoked")).toEqual([{ id }]);
  });

  describe("after a restart", () => {
    const START = Date.UTC(2026, 0, 1);
    const machine = (boot: string, steady = 1_000_000) => ({ boot, steady });
    /** A grant for a quarter of an hour, ten minutes old. */
    const leave = async () => {
      const core = createCore({ clock: createFakeClock(START, machine("one")) });
      await call(core, "x", "minutes_15");
      core.clock.advance(10 * MINUTE);
      await call(core, "x");
      return core.db;
    };
    const come = (db: SqliteDatabase, at: number, on: ReturnType<typeof machine>) =>
      createCore({ db, clock: createFakeClock(at, on) });

    test("the same machine has counted on, whatever its clock says", async () => {
      const db = await leave();
      const core = come(db, START - 24 * 60 * MINUTE, machine("one", 1_000_000 + 14 * MINUTE));
      expect(await call(core, "x")).toBe("grant");
      core.clock.advance(MINUTE);
      expect(await call(core, "x")).toBe("popup");
    });

    test("a machine that was started anew goes by its clock", async () => {
      const db = await leave();
      const core = come(db, START + 12 * MINUTE, machine("two", 0));
      expect(await call(core, "x")).toBe("grant");
      core.clock.set(-10 * MINUTE);
      core.clock.advance(3 * MINUTE);
      expect(await call(core, "x")).toBe("popup");
    });

    test("a clock before what is on record is not believed", async () => {
      const db = await leave();
      const core = come(db, START + 8 * MINUTE, machine("two", 0));
      expect(core.permissions.grants()).toEqual([]);
      expect(await call(core, "x")).toBe("popup");
    });
  });

  test("a disk that fails when it is up disturbs nobody and prolongs nothing", async () => {
    const core = createCore();
    await call(core, "x", "minutes_15");
    core.db.exec(
      "CREATE TEMP TRIGGER fails BEFORE DELETE ON permission_grants BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    expect(() => core.clock.advance(15 * MINUTE)).not.toThrow();
    await turn();
    expect(await call(core, "x")).toBe("popup");
  });
});

describe("revoking", () => {
  test("asks again from then on, also after a restart", async () => {
    const core = createCore();
    await call(core, "x", "forever");
    const grant = onlyGrant(core);
    expect(core.permissions.revoke(grant.id)).toEqual(grant);
    expect(core.payloads("permissions.revoked")).toEqual([{ id: grant.id }]);
    expect(await call(core, "x")).toBe("popup");
    expect(createCore({ db: core.db, clock: core.clock }).permissions.grants()).toEqual([]);
    for (const id of [grant.id, "grant_0000000000000000" as GrantId]) {
      expect(() => core.permissions.revoke(id)).toThrow(
        expect.objectContaining({ code: "permissions.grant_not_found", status: 404 }),
      );
    }
  });

  test("can be taken back within a minute, whole", async () => {
    const core = createCore();
    await call(core, "x", "forever");
    await call(core, "x");
    const grant = onlyGrant(core);
    core.permissions.revoke(grant.id);
    core.clock.advance(MINUTE - 1);
    expect(await core.permissions.restore(grant.id, AT_POPUP)).toEqual(grant);
    expect(onlyGrant(core)).toEqual(grant);
    expect(createCore({ db: core.db, clock: core.clock }).permissions.grants()).toEqual([grant]);
    expect(await call(core, "x")).toBe("grant");
    await expect(core.permissions.restore(grant.id, AT_POPUP)).rejects.toThrow(
      expect.objectContaining({ code: "permissions.grant_not_found" }),
    );
  });

  test("can't be taken back later", async () => {
    const core = createCore();
    await call(core, "x", "forever");
    const { id } = onlyGrant(core);
    core.permissions.revoke(id);
    core.clock.advance(MINUTE);
    await expect(core.permissions.restore(id, AT_POPUP)).rejects.toThrow(
      expect.objectContaining({ code: "permissions.grant_not_found" }),
    );
  });

  test("done twice, the minute counts from the second time", async () => {
    const core = createCore();
    await call(core, "x", "forever");
    const { id } = onlyGrant(core);
    core.permissions.revoke(id);
    core.clock.advance(40_000);
    await core.permissions.restore(id, AT_POPUP);
    core.permissions.revoke(id);
    core.clock.advance(40_000);
    expect((await core.permissions.restore(id, AT_POPUP)).id).toBe(id);
  });

  test("does not bring back what would have ended meanwhile", async () => {
    const core = createCore();
    await call(core, "x", "minutes_15");
    const { id } = onlyGrant(core);
    core.clock.advance(15 * MINUTE - 1_000);
    core.permissions.revoke(id);
    core.clock.advance(1_000);
    await expect(core.permissions.restore(id, AT_POPUP)).rejects.toThrow("would have expired");
    expect(core.permissions.grants()).toEqual([]);
  });

  test("many at once is all or nothing, and leaves out what is gone", async () => {
    const core = createCore();
    for (const value of ["x", "y", "z"]) await call(core, value, "forever");
    const [first, second, third] = core.permissions.grants();
    if (first === undefined || second === undefined || third === undefined)
      throw new Error("three were given");
    core.db.exec(
      `CREATE TEMP TRIGGER fails BEFORE DELETE ON permission_grants WHEN OLD.id = '${third.id}'
       BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    );
    expect(() => core.permissions.revokeMany([first.id, third.id])).toThrow("disk full");
    expect(core.permissions.grants()).toHaveLength(3);
    core.db.exec("DROP TRIGGER fails");

    core.permissions.revoke(second.id);
    expect(core.permissions.revokeMany([first.id, second.id, third.id, first.id])).toEqual([first, third]);
    expect(core.permissions.revokeMany([first.id])).toEqual([]);
    expect(createCore({ db: core.db, clock: core.clock }).permissions.grants()).toEqual([]);
    expect(await call(core, "x")).toBe("popup");
  });

  test("that can't be written has not happened", async () => {
    const core = createCore();
    await call(core, "x", "forever");
    core.db.exec(
      "CREATE TEMP TRIGGER fails BEFORE DELETE ON permission_grants BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    expect(() => core.permissions.revoke(onlyGrant(core).id)).toThrow("disk full");
    expect(core.permissions.grants()).toHaveLength(1);
    expect(core.payloads("permissions.revoked")).toEqual([]);
  });
});
