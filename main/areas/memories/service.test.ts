import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { MemoryId } from "../../contract/ids.ts";
import { personAt, type Principal } from "../../contract/principal.ts";
import { openDatabase, type SqliteDatabase } from "../../kernel/database.ts";
import { migrations } from "../../migrations.ts";
import { createCore, turn, until, type Core } from "../../testing/core.ts";
import { createFakeClock, type FakeClock } from "../../testing/fake-clock.ts";
import type { Memory } from "./contract.ts";
import { UNDO_MS } from "./service.ts";

const PERSON = personAt("window");
const KEY: Principal = { ...PERSON, kind: "key", id: "key_1", name: "phone", door: "api", proof: "token" };
const MINUTE = 60_000;

let db: SqliteDatabase;
let clock: FakeClock;
let made: Core;

beforeEach(() => {
  db = openDatabase(":memory:", migrations);
  onTestFinished(() => void db.close());
  clock = createFakeClock();
  made = createCore({ db, clock });
});

const add = (
  content: string,
  given: Partial<{ tags: string[]; pinned: boolean; isSecretMeant: boolean }> = {},
  by = PERSON,
) => made.memories.add({ content, tags: [], pinned: false, isSecretMeant: false, ...given }, by);
const edit = (
  id: MemoryId,
  change: Partial<{ content: string; tags: string[]; pinned: boolean; isSecretMeant: boolean }>,
  by = PERSON,
) => made.memories.edit(id, { isSecretMeant: false, ...change }, by);
const list = (filter: Partial<Parameters<Core["memories"]["list"]>[0]> = {}) =>
  made.memories.list({ limit: 50, ...filter });
const contents = async (filter: Parameters<typeof list>[0] = {}) =>
  (await list(filter)).memories.map(({ content }) => content);
const notes = () => db.prepare("SELECT count(*) FROM changed_rows WHERE source = 'memory'").pluck().get();

describe("what is added", () => {
  test("is kept with where it comes from, and found again", async () => {
    const memory = await add(" Use tabs.\r\nAlways. ", { tags: ["style", "Style", " "], pinned: true });
    expect(memory).toMatchObject({
      id: expect.stringMatching(/^mem_\d+_[0-9a-f]{8}$/),
      content: "Use tabs.\nAlways.",
      tags: ["style"],
      pinned: true,
      source: { kind: "person", clientId: "" },
      revision: 1,
    });
    expect(made.memories.get(memory.id)).toEqual(memory);
    expect(made.payloads<Memory>("memories.changed")).toEqual([memory]);
    expect(createCore({ db, clock }).memories.get(memory.id)).toEqual(memory);
    expect((await add("by a program", {}, KEY)).source).toMatchObject({ kind: "client", clientId: "phone" });
  });

  test("has an id of its own, also at the same moment", async () => {
    const ids = [await add("a"), await add("b"), await add("c")].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  test("is refused when it says what is kept already", async () => {
    const first = await add("Use tabs.");
    await expect(add("  use\n TABS. ")).rejects.toMatchObject({
      code: "memories.kept_already",
      data: { id: first.id },
    });
    expect(made.memories.count()).toBe(1);
  });

  test.each([
    ["", "blank"],
    ["\u0007", "unfit"],
    ["x".repeat(16_385), "unfit"],
  ])("is refused when it is %.10j", async (content, reason) => {
    await expect(add(content)).rejects.toMatchObject({ code: `memories.${reason}` });
  });
});

describe("the list", () => {
  test("goes on where it stopped while others are added on top", async () => {
    for (let i = 0; i < 5; i += 1) {
      await add(`note ${i}`);
      clock.advance(1_000);
    }
    const first = await list({ limit: 2 });
    expect(first).toMatchObject({ total: 5, memories: [{ content: "note 4" }, { content: "note 3" }] });
    await add("on top");
    expect(await contents({ limit: 9, after: first.next ?? "" })).toEqual(["note 2", "note 1", "note 0"]);
    await expect(list({ after: "1; DROP TABLE memories" })).rejects.toMatchObject({ status: 400 });
  });

  test("is searched by the beginnings of words, filtered by tag and pin", async () => {
    await add("Deploy with make ship", { tags: ["ops"] });
    await add("Deploys need two people", { tags: ["ops", "rules"], pinned: true });
    await add("Tabs, not spaces", { tags: ["rules"] });
    expect(await contents({ search: "depl" })).toEqual(["Deploys need two people", "Deploy with make ship"]);
    expect(await contents({ search: "depl", isPinned: true })).toEqual(["Deploys need two people"]);
    expect(await contents({ tag: "rules" })).toEqual(["Tabs, not spaces", "Deploys need two people"]);
    expect(await contents({ tag: "rules", search: "tabs" })).toEqual(["Tabs, not spaces"]);
    expect(await contents({ tag: "ops", isPinned: true, search: "two" })).toEqual([
      "Deploys need two people",
    ]);
    expect(await contents({ search: "rules" })).toEqual(["Tabs, not spaces", "Deploys need two people"]);
    expect(await made.memories.tags()).toEqual(["ops", "rules"]);
  });

  test.each([
    "what's",
    "foo-bar",
    "C++",
    "GLUE-123",
    '"',
    "''",
    "😀",
    "AND OR NOT",
    "*",
    "content:x",
    "x".repeat(200),
  ])("takes %.12j for words", async (search) => {
    await add("something else");
    await expect(list({ search })).resolves.toMatchObject({ total: 1 });
  });

  test("ends a page of long ones early", async () => {
    for (let i = 0; i < 100; i += 1) await add(`${i} ${"x".repeat(16_000)}`);
    const page = await list({ limit: 500 });
    expect(page.memories.length).toBeLessThan(70);
    expect(page.next).not.toBeNull();
  });
});

describe("what is changed", () => {
  test("keeps what it was, with who changed it, and can be brought back", async () => {
    const { id } = await add("Use tabs.", { tags: ["style"] });
    clock.advance(MINUTE);
    await edit(id, { content: "Use spaces." }, KEY);
    clock.advance(MINUTE);
    await edit(id, { tags: ["style", "python"] });
    const { revisions, next } = await made.memories.revisions(id, undefined, 10);
    expect(next).toBeNull();
    expect(revisions).toMatchObject([
      { number: 3, by: { kind: "person" }, content: "Use spaces.", tags: ["style", "python"] },
      { number: 2, by: { kind: "client", clientId: "phone" }, content: "Use spaces.", tags: ["style"] },
      { number: 1, by: { kind: "person" }, content: "Use tabs.", tags: ["style"], diff: null },
    ]);
    expect(revisions.map(({ diff }) => diff?.hunks.map(({ text }) => text).join())).toEqual([
      "-Tags: style\n+Tags: style, python\n \n Use spaces.",
      " Tags: style\n \n-Use tabs.\n+Use spaces.",
      undefined,
    ]);
    const back = await made.memories.restore(id, 1, false, PERSON);
    expect(back).toMatchObject({ content: "Use tabs.", tags: ["style"], revision: 4 });
    expect(await contents({ search: "spaces" })).toEqual([]);
    expect(await contents({ search: "tabs" })).toEqual(["Use tabs."]);
    await expect(made.memories.restore(id, 9, false, PERSON)).rejects.toMatchObject({ status: 404 });
  });

  test("by its pin alone is no revision, and by nothing is nothing", async () => {
    const memory = await add("Use tabs.");
    clock.advance(MINUTE);
    const pinned = await edit(memory.id, { pinned: true });
    expect(pinned).toEqual({ ...memory, pinned: true });
    await edit(memory.id, { content: "Use tabs." });
    expect((await made.memories.revisions(memory.id, undefined, 10)).revisions).toHaveLength(1);
    expect(made.payloads("memories.changed")).toHaveLength(2);
  });

  test("forgets its oldest revisions, and pages through the others", async () => {
    const { id } = await add("0");
    for (let i = 1; i <= 110; i += 1) await edit(id, { content: String(i) });
    const { revisions, next } = await made.memories.revisions(id, undefined, 20);
    expect(revisions.map(({ number }) => number).at(-1)).toBe(92);
    expect(revisions.at(-1)?.diff).not.toBeNull();
    const all = db.prepare("SELECT min(number), count(*) FROM memory_revisions").raw().get();
    expect(all).toEqual([12, 100]);
    expect((await made.memories.revisions(id, next ?? 0, 20)).revisions[0]?.number).toBe(91);
  });
});

describe("what is deleted", () => {
  test("is gone at once, comes back whole within ten minutes, and is told to indexes outside", async () => {
    const first = await add("Use tabs.", { tags: ["style"], pinned: true });
    await edit(first.id, { content: "Use spaces." });
    const before = made.memories.get(first.id);
    await add("Other");
    const noted = notes();
    expect(made.memories.remove([first.id, "mem_none" as MemoryId])).toEqual({
      deleted: [first.id],
      undoUntil: clock.now() + UNDO_MS,
    });
    expect(notes()).toBe((noted as number) + 1);
    expect(await contents()).toEqual(["Other"]);
    expect(await contents({ search: "spaces" })).toEqual([]);
    expect(await made.memories.tags()).toEqual([]);
    expect(db.prepare("SELECT count(*) FROM memories").pluck().get()).toBe(1);
    expect(made.memories.count()).toBe(1);

    const after = createCore({ db, clock });
    clock.advance(UNDO_MS - 1);
    expect(after.memories.undoRemove([first.id])).toEqual({ restored: [first.id] });
    expect(after.memories.get(first.id)).toEqual(before);
    expect((await after.memories.revisions(first.id, undefined, 9)).revisions).toHaveLength(2);
    expect((await after.memories.list({ limit: 9, search: "spaces", tag: "style" })).memories).toEqual([
      before,
    ]);
    expect(notes()).toBe((noted as number) + 2);
  });

  test("leaves nothing behind once it can't be taken back, also over a restart", async () => {
    const { id } = await add("Use tabs.");
    made.memories.remove([id]);
    clock.advance(UNDO_MS);
    expect(made.memories.undoRemove([id])).toEqual({ restored: [] });
    const left = () =>
      ["memories", "deleted_memories", "memory_revisions", "memory_tags"].map((table) =>
        db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
      );
    await until(() => left().join() === "0,0,0,0");

    const second = await add("Use spaces.");
    made.memories.remove([second.id]);
    const after = createCore({ db, clock });
    clock.advance(UNDO_MS);
    await until(() => left().join() === "0,0,0,0");
    expect(after.memories.undoRemove([second.id])).toEqual({ restored: [] });
  });

  test("makes room for the same again", async () => {
    const { id } = await add("Use tabs.");
    made.memories.remove([id]);
    const again = await add("Use tabs.");
    expect(again.id).not.toBe(id);
  });
});

describe("what looks like a secret", () => {
  const SECRET = "The password is hunter22";

  test("is asked back of the person, without saying it", async () => {
    await expect(add(SECRET)).rejects.toMatchObject({
      code: "memories.looks_secret",
      message: "This looks like a password.",
      data: { looks: ["a password"] },
    });
    expect(await add(SECRET, { isSecretMeant: true })).toMatchObject({ content: SECRET });
    const { id } = await add("harmless");
    await expect(edit(id, { tags: ["pin: 4711"] })).rejects.toMatchObject({ code: "memories.looks_secret" });
  });

  test("of a program waits for the person, whatever the program says", async () => {
    const kept = add(SECRET, { isSecretMeant: true }, KEY);
    await turn();
    const [asked] = made.permissions.pending();
    expect(asked).toMatchObject({ tool: "remember", riskLevel: "high", clientId: "phone" });
    const allow = { id: asked?.id, decision: "allow", scope: "once" } as const;
    expect(() => made.permissions.decide(asked?.id as never, allow, KEY)).toThrow("Only the person");
    made.permissions.decide(asked?.id as never, allow, PERSON);
    expect(await kept).toMatchObject({ content: SECRET, source: { kind: "client" } });
  });

  test("of a program is not kept when the person says no", async () => {
    const kept = add(SECRET, {}, KEY);
    await turn();
    made.permissions.decide(
      made.permissions.pending()[0]?.id as never,
      { decision: "deny", scope: "once" },
      PERSON,
    );
    await expect(kept).rejects.toMatchObject({ code: "memories.not_allowed" });
    expect(made.memories.count()).toBe(0);
  });

  test("that was allowed is not put over what was changed meanwhile", async () => {
    const { id } = await add("harmless");
    const changed = edit(id, { content: SECRET }, KEY);
    await turn();
    await edit(id, { content: "changed" });
    made.permissions.decide(
      made.permissions.pending()[0]?.id as never,
      { decision: "allow", scope: "once" },
      PERSON,
    );
    await expect(changed).rejects.toMatchObject({ code: "memories.changed" });
    expect(made.memories.get(id).content).toBe("changed");
  });
});
