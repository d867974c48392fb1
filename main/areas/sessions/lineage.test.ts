import { describe, expect, test } from "vitest";
import type { RunId, SessionId } from "../../contract/ids.ts";
import { createCore, type Core } from "../../testing/core.ts";
import { createScriptedModel, says } from "../runs/loop/testing/scripted-model.ts";
import { end, start } from "../runs/testing/start-run.ts";
import type { Message } from "./contract.ts";
import { UNDO_MS } from "./deletions.ts";

const RUN = `run_${"1".repeat(32)}` as RunId;
const id = (name: string) => name as SessionId;

const textsOf = (messages: readonly Message[]) =>
  messages.map(({ content: [part] }) => (part?.type === "text" ? part.text : ""));

function say(
  { sessions }: Core,
  name: string,
  texts: string,
  compaction: [number, string] | null = null,
): void {
  sessions.recordRun({ id: id(name), title: name, clientId: "c" });
  const messages = texts.split("").map((text, i): Message => {
    return { role: i % 2 === 0 ? "user" : "assistant", content: [{ type: "text", text }], createdAt: 1 };
  });
  const condensed = compaction && {
    replaced: compaction[0],
    summary: {
      role: "assistant" as const,
      content: [{ type: "text" as const, text: compaction[1] }],
      createdAt: 1,
    },
  };
  sessions.announce(sessions.append(id(name), RUN, messages, condensed), messages, condensed);
}

const fork = (made: Core, from: string, index: number | undefined, newId: string) =>
  made.sessions.fork(id(from), { index, newId: id(newId) });

const all = ({ sessions }: Core, name: string) =>
  textsOf(sessions.messages(id(name), 0, 500).messages).join("");
const view = ({ sessions }: Core, name: string) => textsOf(sessions.view(id(name))).join(" ");
const rows = ({ db }: Core) => db.prepare("SELECT count(*) FROM messages").pluck().get();

function letPass(made: Core): void {
  made.clock.advance(UNDO_MS);
  for (let i = 0; i < 200; i += 1) made.clock.advance(10);
}
const remove = (made: Core, name: string) => {
  expect(made.sessions.remove([id(name)]).refused).toEqual([]);
  letPass(made);
};

describe("a fork", () => {
  test("has what it shares, goes its own way, and nothing is copied", async () => {
    const made = createCore();
    say(made, "a", "abcdef");
    const forked = await fork(made, "a", 2, "b");
    expect(forked).toMatchObject({
      title: "a",
      messageCount: 3,
      userMessageCount: 2,
      assistantMessageCount: 1,
      runCount: 0,
      parent: { id: "a", index: 3 },
    });
    expect(rows(made)).toBe(6);
    say(made, "b", "xy");
    say(made, "a", "g");
    expect([all(made, "a"), all(made, "b")]).toEqual(["abcdefg", "abcxy"]);
    expect([view(made, "a"), view(made, "b")]).toEqual(["a b c d e f g", "a b c x y"]);
    const { messages, total, next } = made.sessions.messages(id("b"), 2, 2);
    expect([messages.map(({ index }) => index), total, next]).toEqual([[2, 3], 5, 4]);
    expect(view(createCore({ db: made.db }), "b")).toBe("a b c x y");
  });

  test("of all of it is a clone, and a run in it is told the history", async () => {
    const model = createScriptedModel([says("hello")]);
    const made = createCore({ model });
    await end(made, (await start(made, { session: "a", text: "hi" })).id);
    const { id: clone } = await made.sessions.fork(id("a"), {});
    await end(made, (await start(made, { session: clone, text: "go on" })).id);
    expect(textsOf(model.requests.at(-1)?.messages ?? [])).toEqual(["hi", "hello", "go on"]);
    expect(made.sessions.get(id("a")).messageCount).toBe(2);
  });

  test("begins with a summary only if that tells of nothing beyond what it shares", async () => {
    const made = createCore();
    say(made, "a", "abcd");
    say(made, "a", "ef", [3, "(a-c)"]);
    say(made, "a", "gh", [3, "(a-e)"]);
    await fork(made, "a", 7, "whole");
    await fork(made, "a", 6, "within the run that condensed");
    await fork(made, "a", 4, "before");
    await fork(made, "a", 1, "early");
    expect(view(made, "whole")).toBe("(a-e) f g h");
    expect(view(made, "within the run that condensed")).toBe("(a-c) d e f g");
    expect(view(made, "before")).toBe("a b c d e");
    expect(view(made, "early")).toBe("a b");
    say(made, "whole", "x", [2, "(a-f)"]);
    expect(view(made, "whole")).toBe("(a-f) g h x");
    expect(view(made, "a")).toBe("(a-e) f g h");
    expect(all(made, "whole")).toBe("abcdefghx");
  });

  test("of a message that is not there, of nothing and under a name that is taken is refused", async () => {
    const made = createCore();
    say(made, "a", "ab");
    await expect(fork(made, "a", 2, "b")).rejects.toMatchObject({ code: "sessions.no_message" });
    await expect(fork(made, "x", 0, "b")).rejects.toMatchObject({ code: "sessions.not_found" });
    await expect(fork(made, "a", 0, "a")).rejects.toMatchObject({ code: "sessions.name_taken" });
    expect((await made.sessions.list({ limit: 9 })).sessions).toHaveLength(1);
  });

  test("of a fork from before its own beginning belongs to whom it shares with", async () => {
    const made = createCore();
    say(made, "a", "abcd");
    await fork(made, "a", 2, "b");
    expect(await fork(made, "b", 1, "c")).toMatchObject({ parent: { id: "a", index: 2 } });
    expect(await fork(made, "b", undefined, "d")).toMatchObject({ parent: { id: "a", index: 3 } });
    say(made, "b", "x");
    expect(await fork(made, "b", undefined, "e")).toMatchObject({ parent: { id: "b", index: 4 } });
    const family = made.sessions.family(id("e"));
    expect(family.ancestors.map((each) => each.id)).toEqual(["b", "a"]);
    expect(made.sessions.family(id("a")).children.map((each) => each.id)).toEqual(["c", "b", "d"]);
  });

  test("is found by its name and its tags, which it begins with", async () => {
    const made = createCore();
    say(made, "a", "ab");
    made.sessions.edit(id("a"), { title: "Hinges", tags: ["oil"] });
    await fork(made, "a", 0, "b");
    const found = await made.sessions.list({ limit: 9, tag: "oil", search: "hinges" });
    expect(found.sessions.map((each) => each.id).toSorted()).toEqual(["a", "b"]);
  });

  test("may be a thousand deep, and reads as one session", async () => {
    const made = createCore();
    say(made, "s0", "ab");
    for (let i = 1; i < 1_000; i += 1) {
      await fork(made, `s${i - 1}`, undefined, `s${i}`);
      say(made, `s${i}`, "x");
    }
    expect(all(createCore({ db: made.db }), "s500")).toHaveLength(500);
    expect(made.sessions.view(id("s999"))).toHaveLength(1_001);
    expect(made.sessions.messages(id("s999"), 1_000, 9).messages).toHaveLength(1);
    await expect(fork(made, "s999", undefined, "more")).rejects.toMatchObject({ code: "sessions.too_deep" });
  }, 30_000);
});

describe("when a parent is deleted", () => {
  test("its children keep what they share, also from each other, and the rest is gone", async () => {
    const made = createCore();
    say(made, "root", "12");
    await fork(made, "root", 1, "a");
    say(made, "a", "abcdef");
    await fork(made, "a", 4, "most");
    await fork(made, "a", 3, "less");
    await fork(made, "a", 1, "none of its own");
    await fork(made, "a", 4, "as much");
    for (const name of ["most", "less", "none of its own", "as much"]) say(made, name, "xy");
    remove(made, "a");
    const expected = {
      root: "12",
      most: "12abcxy",
      less: "12abxy",
      "none of its own": "12xy",
      "as much": "12abcxy",
    };
    const check = (core: Core) => {
      for (const [name, texts] of Object.entries(expected)) {
        expect(all(core, name), name).toBe(texts);
        expect(view(core, name), name).toBe(texts.split("").join(" "));
      }
    };
    check(made);
    check(createCore({ db: made.db }));
    expect(rows(made)).toBe(2 + 3 + 4 * 2);
    expect(made.sessions.get(id("most")).parent).toEqual({ id: "root", index: 2 });
    expect(made.sessions.get(id("less")).parent).toEqual({ id: "most", index: 4 });
    expect(made.db.pragma("foreign_key_check")).toEqual([]);
    remove(made, "root");
    remove(made, "most");
    expect([all(made, "less"), all(made, "none of its own"), all(made, "as much")]).toEqual([
      "12abxy",
      "12xy",
      "12abcxy",
    ]);
    for (const name of ["less", "none of its own", "as much"]) remove(made, name);
    expect(rows(made)).toBe(0);
  });

  test("what is handed over is told to who follows the messages, and so is what is deleted", async () => {
    const made = createCore();
    say(made, "a", "abcd");
    await fork(made, "a", 1, "b");
    remove(made, "a");
    const noted = made.db.prepare("SELECT key FROM changed_rows ORDER BY key").pluck().all();
    expect(noted).toEqual([1, 2, 3, 4]);
    expect(made.sessions.messages(id("b"), 0, 9).messages.map(({ runId }) => runId)).toEqual([null, null]);
  });

  test("the summary goes with what it tells of", async () => {
    const made = createCore();
    say(made, "a", "abcd");
    say(made, "a", "ef", [3, "(a-c)"]);
    say(made, "a", "gh", [3, "(a-e)"]);
    await fork(made, "a", 5, "b");
    remove(made, "a");
    expect(view(createCore({ db: made.db }), "b")).toBe("(a-c) d e f");
  });

  test.each([1, 2, 3, 5, 8])("a reader notices nothing after %i slices", async (slices) => {
    const made = createCore();
    say(made, "a", "abcdefgh");
    for (const [index, name] of [
      [6, "b"],
      [4, "c"],
      [6, "d"],
    ] as const) {
      await fork(made, "a", index, name);
      say(made, name, name);
    }
    made.sessions.remove([id("a")]);
    const { deletions } = made.sessionStore;
    const [deletion] = deletions.pending();
    for (let i = 0; i < slices; i += 1) deletions.removeSome(deletion?.key ?? 0);
    const after = createCore({ db: made.db, clock: made.clock });
    const told = () => [all(after, "b"), all(after, "c"), all(after, "d")];
    expect(told()).toEqual(["abcdefgb", "abcdec", "abcdefgd"]);
    letPass(after);
    expect(told()).toEqual(["abcdefgb", "abcdec", "abcdefgd"]);
    expect(rows(after)).toBe(7 + 3);
  });
});
