import { join } from "node:path";
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { createChangedRows } from "../../kernel/changed-rows.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { createRecallEngine, type RecallEngine } from "./engine.ts";
import type { Answered } from "./search.ts";
import { asking, createHistory } from "./testing/history.ts";

const textsOf = ({ hits }: Answered) => hits.map(({ snippet }) => snippet.map(({ text }) => text).join(""));

function memoryEngine(history = createHistory()) {
  const engine = createRecallEngine(":memory:", history.db);
  return { history, engine, ask: (query: string, more = {}) => engine.answer(asking(query, more)) };
}

describe("what was said is found", () => {
  const { history, ask } = memoryEngine();
  const said = [
    "The quick brown fox jumps over the lazy dog",
    "what's the plan for foo-bar in GLUE-123?",
    "Rewrite the parser in C++ and drop the C# one",
    "Shipping it 🚀 tonight",
    "我们今天去北京大学看书",
    "ผมชอบกินข้าวผัดที่ร้านนี้",
    "Die Straße über den Fluß ist gesperrt",
    "한국어를 배우고 있어요",
  ];
  for (const text of said) history.say(text);

  test.each([
    ["quick dog", 0],
    ['"brown fox"', 0],
    ["jum*", 0],
    ["what's", 1],
    ["foo-bar", 1],
    ["GLUE-123", 1],
    ["plan NOT fox", 1],
    ["C++", 2],
    ["C#", 2],
    ["🚀", 3],
    ["北京", 4],
    ["北京大学", 4],
    ["学", 4],
    ["书", 4],
    ["ข้าวผัด", 5],
    ["กินข้าว", 5],
    ["strasse uber", 6],
    ["한국어를", 7],
    ["nosuchword OR lazy", 0],
    ["(plan OR fox) AND foo", 1],
  ])("%s", (query, place) => {
    const answer = ask(query);
    expect(textsOf(answer)).toEqual([said[place]]);
    expect(answer.instead).toBeNull();
    expect(answer.hits[0]?.snippet.some(({ isHit }) => isHit)).toBe(true);
  });

  test.each(["", '""', "?", "\0", "\ud800", "AND", '"', "zzzzqqqq", "x".repeat(10_000), "((((", "NEAR(a b"])(
    "%j fails nobody",
    (query) => expect(ask(query).next).toBeNull(),
  );

  test("while somebody types", () => {
    for (const query of ["qu", "quick br", "brown f", "how the laz"]) {
      const answer = ask(query, { asYouType: true });
      if (query.startsWith("how")) expect(answer.instead).toBe("how OR the OR laz*");
      expect(textsOf(answer)[0]).toBe(said[0]);
    }
  });

  test("misspelt", () => {
    expect(ask("quikc borwn")).toMatchObject({ instead: "quick brown" });
    expect(textsOf(ask("quikc borwn"))).toEqual([said[0]]);
    expect(textsOf(ask("parsre"))).toEqual([said[2]]);
  });

  test("in part", () => {
    const answer = ask("lazy cat food");
    expect(answer.instead).toBe("lazy OR cat OR food");
    expect(textsOf(answer)).toEqual([said[0]]);
  });
});

test("thoughts and arguments of calls are not found, outputs of tools are", () => {
  const { history, ask } = memoryEngine();
  history.say("start");
  history.store.append(
    "s",
    null,
    [
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "pondering" },
          { type: "tool_call", toolCall: { id: "1", name: "grep", arguments: { pattern: "needle" } } },
          { type: "text", text: "looking" },
        ],
        createdAt: 5,
      },
      { role: "tool", content: [{ type: "text", text: "three haystacks" }], createdAt: 5 },
    ],
    5,
  );
  expect(ask("pondering").hits).toEqual([]);
  expect(ask("needle").hits).toEqual([]);
  expect(ask("haystacks").hits).toMatchObject([
    { role: "tool", sessionId: "s", index: 2, clientId: "c", at: 5 },
  ]);
});

test("filters: session, role, client and time", () => {
  const { history, ask } = memoryEngine();
  for (let i = 0; i < 8; i += 1) {
    history.say(`green door ${i}`, {
      session: i % 2 === 0 ? "telegram:42" : "✓ b",
      client: i % 2 === 0 ? "telegram:42" : "cli",
      role: i < 4 ? "user" : "assistant",
      at: 1_000 + i,
    });
  }
  const found = (more: object) =>
    textsOf(ask("door", more))
      .map((text) => Number(text.at(-1)))
      .toSorted((a, b) => a - b);
  expect(found({ sessions: ["telegram:42"] })).toEqual([0, 2, 4, 6]);
  expect(found({ sessions: ["telegram:42", "✓ b"] })).toHaveLength(8);
  expect(found({ sessions: ["nobody"] })).toEqual([]);
  expect(found({ clients: ["cli"], roles: ["user"] })).toEqual([1, 3]);
  expect(found({ since: 1_002, until: 1_004 })).toEqual([2, 3]);
  expect(found({ memoriesOnly: true })).toEqual([]);
  expect(found({ tags: ["x"] })).toEqual([]);
});

describe("the index follows", () => {
  test("what is deleted is gone at once, also where its key is given to another", () => {
    const { history, ask, engine } = memoryEngine();
    history.say("alpha stays");
    const gone = history.say("beta goes");
    expect(ask("beta").hits).toHaveLength(1);
    history.remove(gone);
    expect(ask("beta").hits).toEqual([]);
    expect(history.say("gamma comes")).toBe(gone);
    expect(ask("gamma").hits).toHaveLength(1);
    expect(ask("beta").hits).toEqual([]);
    expect(engine.progress()).toMatchObject({ indexed: 2, missing: 0, followed: 1 });
  });

  test("a key that was deleted and given to another before the index looked", () => {
    const { history, ask } = memoryEngine();
    history.say("alpha");
    const gone = history.say("beta");
    ask("beta");
    history.remove(gone);
    history.say("gamma");
    history.say("delta");
    for (const [word, count] of [
      ["alpha", 1],
      ["beta", 0],
      ["gamma", 1],
      ["delta", 1],
    ] as const)
      expect(ask(word, { asYouType: false }).hits, word).toHaveLength(count);
  });

  test("what is gone from the history is no hit, even while the index has it", () => {
    const { history, ask } = memoryEngine();
    const gone = history.say("beta");
    ask("beta");
    history.db.prepare("DELETE FROM messages WHERE key = ?").run(gone);
    expect(ask("beta").hits).toEqual([]);
  });
});

test("a tag finds what was said in sessions that have it, until they are deleted", () => {
  const { history, ask } = memoryEngine();
  history.say("green door", { session: "a" });
  history.say("green gate", { session: "b" });
  history.store.edit("b", { tags: ["garden"] });
  expect(textsOf(ask("green", { tags: ["garden"] }))).toEqual(["green gate"]);
  history.db.prepare("UPDATE sessions SET deleted_at = 1 WHERE id = 'b'").run();
  expect(ask("green", { tags: ["garden"] }).hits).toEqual([]);
  expect(textsOf(ask("green"))).toEqual(["green door"]);
});

describe("memories", () => {
  test("are found with messages and alone, by tag too, and pinned ones first", () => {
    const { history, ask } = memoryEngine();
    history.say("the gate code is unknown");
    history.keep("The gate code is on the note.", { tags: ["house"] });
    history.keep("The gate code changes in May.", { isPinned: true });
    const { hits } = ask("gate code");
    expect(hits.map(({ kind }) => kind)).toEqual(["memory", "memory", "message"]);
    expect(hits[0]).toMatchObject({ sessionId: null, index: null, role: "assistant", at: 1_000 });
    expect(textsOf(ask("gate code", { memoriesOnly: true }))).toEqual([
      "The gate code changes in May.",
      "The gate code is on the note.",
    ]);
    expect(textsOf(ask("gate", { tags: ["house"] }))).toEqual(["The gate code is on the note."]);
  });

  test("that are changed or deleted are found as they are, or not", () => {
    const { history, ask } = memoryEngine();
    const key = history.keep("the well is deep");
    expect(ask("well").hits).toHaveLength(1);
    history.db.prepare("UPDATE memories SET content = 'the pond is deep' WHERE key = ?").run(key);
    expect(ask("well").hits).toEqual([]);
    createChangedRows(history.db).note("memory", key);
    expect(textsOf(ask("pond"))).toEqual(["the pond is deep"]);
    history.forget(key);
    expect(ask("pond").hits).toEqual([]);
  });
});

test("pages stay as they are while messages arrive, and hold each hit once", () => {
  const { history, ask, engine } = memoryEngine();
  for (let i = 0; i < 1_300; i += 1)
    history.say(`stone ${"filler ".repeat(i % 7)} number${i}`, { at: 1_000 + i });
  while (engine.slice(50));
  const all: string[] = [];
  let after: string | undefined;
  do {
    const page = ask("stone", { limit: 70, ...(after === undefined ? {} : { after }) });
    all.push(...page.hits.map(({ index }) => String(index)));
    after = page.next ?? undefined;
    for (let i = 0; i < 5; i += 1) history.say("stone stone stone", { at: 5_000 });
  } while (after !== undefined);
  expect(all).toHaveLength(1_300);
  expect(new Set(all).size).toBe(1_300);
  expect(() => ask("stone", { after: "x" })).toThrow("does not exist");
});

describe("the file", () => {
  function onDisk() {
    const folder = temporaryFolder();
    const history = createHistory(join(folder, "gatehouse.db"));
    const file = join(folder, "recall.db");
    const opened: RecallEngine[] = [];
    const open = () => {
      const engine = createRecallEngine(file, join(folder, "gatehouse.db"));
      opened.push(engine);
      return engine;
    };
    onTestFinished(() => {
      for (const engine of opened) engine.close();
      history.db.close();
    });
    return { folder, file, history, open };
  }

  test("is private, goes on where it was, and is made anew when it is not there", () => {
    const { file, history, open } = onDisk();
    history.say("alpha");
    const first = open();
    expect(first.answer(asking("alpha")).hits).toHaveLength(1);
    first.close();
    history.say("beta");
    const second = open();
    expect(second.progress()).toMatchObject({ indexed: 1, missing: 1 });
    expect(second.answer(asking("beta")).hits).toHaveLength(1);
    expect(existsSync(file)).toBe(true);
  });

  test.each([
    [
      "damaged",
      (file: string) => {
        const bytes = readFileSync(file);
        bytes.fill(0xee, 4_096);
        writeFileSync(file, bytes);
      },
    ],
    ["no database", (file: string) => writeFileSync(file, "words of somebody else")],
  ])("is set aside when it is %s, and made anew", (_, spoil) => {
    const { folder, file, history, open } = onDisk();
    for (let i = 0; i < 50; i += 1) history.say(`alpha ${i}`);
    const first = open();
    while (first.slice(10));
    first.close();
    spoil(file);
    const second = open();
    expect(second.answer(asking("alpha", { limit: 100 })).hits).toHaveLength(50);
    expect(readdirSync(folder).filter((name) => name.startsWith("recall.db.set-aside-"))).toHaveLength(1);
  });

  test("of another history is made anew", () => {
    const one = onDisk();
    one.history.say("alpha");
    const first = one.open();
    first.answer(asking("alpha"));
    first.close();
    const other = onDisk();
    other.history.db.prepare("UPDATE migrations SET applied_at = 7 WHERE rowid = 1").run();
    other.history.say("omega");
    copyFileSync(one.file, other.file);
    const engine = other.open();
    expect(engine.answer(asking("alpha")).hits).toEqual([]);
    expect(engine.answer(asking("omega")).hits).toHaveLength(1);
  });
});
