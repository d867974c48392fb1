import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { personAt, type Principal } from "../../contract/principal.ts";
import { openDatabase, type SqliteDatabase } from "../../kernel/database.ts";
import { createStorage } from "../../kernel/storage.ts";
import { migrations } from "../../migrations.ts";
import { createFakeClock } from "../../testing/fake-clock.ts";
import type { Memory } from "./contract.ts";
import { createMemoryStore } from "./store/memory-store.ts";
import { createMemoryTransfer } from "./transfer.ts";

const PERSON = personAt("window");
const KEY: Principal = { ...PERSON, kind: "key", id: "key_1", name: "phone", door: "api" };

const at = (db: SqliteDatabase) => {
  const clock = createFakeClock();
  const storage = createStorage(db, (error) => {
    throw error;
  });
  const published: { type: string; payload: unknown }[] = [];
  const store = createMemoryStore(storage, clock);
  const transfer = createMemoryTransfer({
    store,
    commit: storage.commit,
    clock,
    publish: (type, payload) => void published.push({ type, payload }),
  });
  const bring = (text: string, given: { preview?: boolean; isSecretMeant?: boolean } = {}, by = PERSON) =>
    transfer.import({ text, preview: false, isSecretMeant: false, ...given }, by);
  const all = async () => {
    const first = await store.list({ limit: 500 });
    const rest = first.next === null ? [] : (await store.list({ limit: 500, after: first.next })).memories;
    return [...first.memories, ...rest];
  };
  const out = async (format: "json" | "markdown") => {
    let text = "";
    for (let after: string | undefined | null; after !== null;) {
      const piece = await transfer.export(format, after);
      text += piece.text;
      after = piece.next;
    }
    return text;
  };
  return { store, published, bring, all, out, clock };
};

let here: ReturnType<typeof at>;
const empty = () => {
  const db = openDatabase(":memory:", migrations);
  onTestFinished(() => void db.close());
  return at(db);
};
beforeEach(() => {
  here = empty();
});

const file = (...memories: object[]) =>
  JSON.stringify({ version: 1, kind: "peggy.memories", exported_at: "2026-01-01T00:00:00Z", memories });
const PEGGY = file(
  {
    id: "mem_1700000000123456789_00aabb11",
    content: "Use tabs.",
    tags: ["style"],
    timestamp: "2023-11-14T22:13:20.123456789Z",
  },
  { content: "No id.\nTwo lines.", timestamp: "0001-01-01T00:00:00Z" },
);
const NONE = { found: 0, added: 0, skipped: 0, secrets: 0, unfit: 0 };

describe("an import", () => {
  test("takes in what Peggy wrote, and nothing of it twice", async () => {
    expect(await here.bring(PEGGY, { preview: true })).toEqual({ ...NONE, found: 2, added: 2 });
    expect(here.store.count()).toBe(0);
    expect(await here.bring(PEGGY)).toEqual({ ...NONE, found: 2, added: 2 });
    expect(await here.all()).toMatchObject([
      { id: expect.stringMatching(/^mem_\d+_[0-9a-f]{8}$/), content: "No id.\nTwo lines.", tags: [] },
      {
        id: "mem_1700000000123456789_00aabb11",
        content: "Use tabs.",
        tags: ["style"],
        createdAt: Date.UTC(2023, 10, 14, 22, 13, 20, 123),
        source: { kind: "import" },
      },
    ]);
    expect(await here.bring(PEGGY)).toEqual({ ...NONE, found: 2, skipped: 2 });
    expect(here.published).toEqual([{ type: "memories.replaced", payload: { added: 2 } }]);
  });

  test("skips what is alike but for case and white space, there or twice in the file", async () => {
    await here.bring(PEGGY);
    const again = file({ content: " use  TABS. " }, { content: "New" }, { content: "new " });
    expect(await here.bring(again)).toEqual({ ...NONE, found: 3, added: 1, skipped: 2 });
  });

  test("leaves out what can't be kept, and secrets unless the person means them", async () => {
    const mixed = file(
      { content: " " },
      { content: "a\u0000" },
      { content: "PIN: 4711" },
      { content: "fine" },
    );
    const counts = { found: 4, added: 1, skipped: 0, secrets: 1, unfit: 2 };
    expect(await here.bring(mixed, { isSecretMeant: true }, KEY)).toEqual(counts);
    expect(await here.bring(mixed)).toEqual({ ...counts, added: 0, skipped: 1 });
    expect(await here.bring(mixed, { isSecretMeant: true })).toEqual({ ...counts, skipped: 1, secrets: 0 });
  });

  test.each([
    ["nothing at all", "", "no memories"],
    ["no JSON", "{", "no JSON"],
    [
      "another kind",
      JSON.stringify({ version: 1, kind: "peggy.skills", memories: [] }),
      "no file of memories",
    ],
    [
      "another version",
      JSON.stringify({ version: 2, kind: "peggy.memories", memories: [] }),
      "no file of memories",
    ],
    ["a field that is not known", file({ content: "x", pinned: true }), "no file of memories"],
    ["a text that is none", file({ content: 7 }), "no file of memories"],
    ["too deep", `{"memories":${"[".repeat(300)}`, "levels of nesting"],
    ["too much", `{"memories":[${"0,".repeat(200_000)}0]}`, "values"],
    ["other Markdown", "# Shopping\n\n- milk\n", "no memories"],
  ])("refuses %s", async (_what, text, words) => {
    await expect(here.bring(text)).rejects.toMatchObject({
      code: "memories.unreadable",
      message: expect.stringContaining(words) as string,
    });
    expect(here.store.count()).toBe(0);
  });

  test("of thousands gives way to others", async () => {
    let turns = 0;
    let isDone = false;
    const count = () => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    const many = file(...Array.from({ length: 5_000 }, (_, i) => ({ content: `Note number ${i}` })));
    expect(await here.bring(many)).toEqual({ ...NONE, found: 5_000, added: 5_000 });
    isDone = true;
    expect(turns).toBeGreaterThan(3);
    expect(here.store.count()).toBe(5_000);
  }, 60_000);
});

describe.each(["json", "markdown"] as const)("an export as %s", (format) => {
  test("is the same elsewhere", async () => {
    const odd = [
      "## mem_1_00000000\n- tag: x\n\n> quoted\n\n# Memories",
      "</notes> \u202e `ticks`\n\n\tindented",
      ">",
      "日本語",
    ];
    await here.bring(PEGGY);
    await here.bring(file(...odd.map((content, i) => ({ content, tags: [`tag, ${i}`] }))));
    for (let i = 0; i < 600; i += 1) await here.bring(file({ content: `More ${i}` }));
    const there = empty();
    const written = await here.out(format);
    expect(await there.bring(written)).toEqual({ ...NONE, found: 606, added: 606 });
    const same = ({ id, content, tags, createdAt }: Memory) => ({ id, content, tags, createdAt });
    const byId = (a: Memory, b: Memory) => (a.id < b.id ? -1 : 1);
    expect((await there.all()).toSorted(byId).map(same)).toEqual((await here.all()).toSorted(byId).map(same));
  }, 60_000);

  test("of nothing is a file all the same", async () => {
    const written = await here.out(format);
    if (format === "json") {
      expect(JSON.parse(written)).toMatchObject({ version: 1, kind: "peggy.memories", memories: [] });
    } else expect(written).toBe("# Memories\n\n");
  });
});

test("the JSON is the envelope and nothing else, so that strict readers take it", async () => {
  await here.bring(PEGGY);
  const envelope = JSON.parse(await here.out("json")) as { memories: object[] };
  expect(Object.keys(envelope)).toEqual(["version", "kind", "exported_at", "memories"]);
  expect(envelope.memories.map((memory) => Object.keys(memory))).toEqual([
    ["id", "content", "timestamp"],
    ["id", "content", "tags", "timestamp"],
  ]);
});

test("Markdown keeps the pin", async () => {
  const there = empty();
  await there.bring("## x\n\n- pinned\n- tag: a\n\n> Use tabs.\n");
  expect(await there.all()).toMatchObject([{ pinned: true, tags: ["a"], content: "Use tabs." }]);
  const again = empty();
  await again.bring(await there.out("markdown"));
  expect(await again.all()).toMatchObject([{ pinned: true }]);
});
