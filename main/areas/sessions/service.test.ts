import { describe, expect, test } from "vitest";
import type { RunId, SessionId } from "../../contract/ids.ts";
import { createCore, type Core } from "../../testing/core.ts";
import type { Message } from "./contract.ts";

const RUN = `run_${"1".repeat(32)}` as RunId;
const S = "s1" as SessionId;

const message = (role: Message["role"], text: string): Message => ({
  role,
  content: [{ type: "text", text }],
  createdAt: 1,
});

const textsOf = (messages: readonly Message[]) =>
  messages.map(({ content: [part] }) => (part?.type === "text" ? part.text : ""));

/** What a run does with a session, from beginning to end. */
function runThrough(
  { sessions }: Core,
  texts: readonly string[],
  compaction: { replaced: number; summary: string } | null = null,
  id = S,
): void {
  sessions.recordRun({ id, title: texts[0] ?? "", clientId: "c" });
  const messages = texts.map((text, i) => message(i % 2 === 0 ? "user" : "assistant", text));
  const condensed = compaction && {
    replaced: compaction.replaced,
    summary: message("assistant", compaction.summary),
  };
  sessions.announce(sessions.append(id, RUN, messages, condensed), messages, condensed);
}

/** The same from disk, as a new process sees it. */
const reopened = ({ db, clock }: Core) => createCore({ db, clock }).sessions;

describe("what the model sees", () => {
  test("is everything, until it was condensed", () => {
    const core = createCore();
    runThrough(core, ["a", "b"]);
    runThrough(core, ["c", "d"]);
    expect(textsOf(core.sessions.view(S))).toEqual(["a", "b", "c", "d"]);
    expect(reopened(core).view(S)).toEqual(core.sessions.view(S));
  });

  test("begins with the summary from then on, and nothing is lost for people", () => {
    const core = createCore();
    runThrough(core, ["a", "b", "c", "d"]);
    runThrough(core, ["e", "f"], { replaced: 3, summary: "a-c" });
    expect(textsOf(core.sessions.view(S))).toEqual(["a-c", "d", "e", "f"]);
    expect(textsOf(reopened(core).view(S))).toEqual(["a-c", "d", "e", "f"]);
    expect(textsOf(core.sessions.messages(S, 0, 99).messages)).toEqual(["a", "b", "c", "d", "e", "f"]);
  });

  test("condensed again: places are counted from the summary before", () => {
    const core = createCore();
    runThrough(core, ["a", "b", "c", "d"]);
    runThrough(core, ["e", "f"], { replaced: 3, summary: "a-c" });
    runThrough(core, ["g", "h"], { replaced: 3, summary: "a-e" });
    expect(textsOf(core.sessions.view(S))).toEqual(["a-e", "f", "g", "h"]);
    expect(textsOf(reopened(core).view(S))).toEqual(["a-e", "f", "g", "h"]);
    runThrough(core, ["i"], { replaced: 1, summary: "a-e, shorter" });
    expect(textsOf(reopened(core).view(S))).toEqual(["a-e, shorter", "f", "g", "h", "i"]);
  });

  test("holds for more sessions, and longer ones, than stay in memory", () => {
    const core = createCore();
    for (let i = 0; i < 200; i += 1) runThrough(core, [`of ${i}`], null, `s${i}` as SessionId);
    for (let i = 0; i < 200; i += 1)
      expect(textsOf(core.sessions.view(`s${i}` as SessionId))).toEqual([`of ${i}`]);
    const many = Array.from({ length: 1_500 }, (_, i) => `${i}`);
    runThrough(core, many);
    expect(core.sessions.view(S)).toHaveLength(1_501);
    runThrough(core, many);
    expect(core.sessions.view(S)).toHaveLength(3_001);
  });

  test("stays in memory as far as all of it takes no more than 16 MiB", () => {
    const core = createCore();
    const sizes = { long: 10, longer: 5, longest: 17 };
    const isKept = (id: string) =>
      core.sessions.view(id as SessionId) === core.sessions.view(id as SessionId);
    for (const [id, size] of Object.entries(sizes))
      runThrough(core, ["x".repeat(size * 1024 * 1024)], null, id as SessionId);
    expect(isKept("longest")).toBe(false);
    const { long, longer } = {
      long: core.sessions.view("long" as SessionId),
      longer: core.sessions.view("longer" as SessionId),
    };
    expect(core.sessions.view("long" as SessionId)).toBe(long);
    expect(core.sessions.view("longer" as SessionId)).toBe(longer);
    runThrough(core, ["y".repeat(2 * 1024 * 1024)], null, "longer" as SessionId);
    expect(isKept("longer")).toBe(true);
    expect(core.sessions.view("longer" as SessionId)).toHaveLength(2);
    expect(core.sessions.view("long" as SessionId)).not.toBe(long);
    expect(core.sessions.view("long" as SessionId)).toEqual(long);
  });

  test("of a session that nobody has begun is nothing", () => {
    expect(createCore().sessions.view("new" as SessionId)).toEqual([]);
  });
});

test("messages keep their place, their run and every part", () => {
  const core = createCore();
  const odd: Message = {
    role: "assistant",
    content: [
      { type: "thinking", thinking: "hm", signature: "s" },
      { type: "tool_call", toolCall: { id: "1", name: "x", arguments: { a: ["\0", "\ud800", "✓"] } } },
    ],
    stopReason: "tool_use",
    usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    createdAt: 5,
    metadata: { synthetic: true },
  };
  runThrough(core, ["a"]);
  core.sessions.append(S, RUN, [odd], null);
  const { messages, total } = reopened(core).messages(S, 1, 1);
  expect([messages, total]).toEqual([[{ ...odd, index: 1, runId: RUN }], 2]);
});

test("the list has the most recently used first, page by page, also while one is used again", async () => {
  const core = createCore();
  for (const name of ["mend the fence", "paint the gate", "mend the gate", "rest"]) {
    runThrough(core, [name], null, name as SessionId);
    core.clock.advance(1);
  }
  const { list } = core.sessions;
  const first = await list({ limit: 2 });
  expect(first.sessions.map(({ id }) => id)).toEqual(["rest", "mend the gate"]);
  runThrough(core, ["again"], null, "mend the fence" as SessionId);
  const second = await list({ limit: 2, after: first.next ?? "" });
  expect([second.sessions.map(({ id }) => id), second.next]).toEqual([["paint the gate"], null]);
  expect((await list({ limit: 9 })).sessions[0]).toMatchObject({
    id: "mend the fence",
    runCount: 2,
    title: "mend the fence",
  });
  expect((await list({ limit: 9, search: "gate" })).sessions.map(({ id }) => id)).toEqual([
    "mend the gate",
    "paint the gate",
  ]);
  expect((await list({ limit: 1, search: "mend" })).next).not.toBeNull();
  expect((await list({ limit: 9, search: "again" })).sessions).toEqual([]);
  for (const after of ["", "x", "1", "1.2.3", "-1.1"]) {
    await expect(list({ limit: 1, after })).rejects.toThrow(
      expect.objectContaining({ code: "request.invalid" }),
    );
  }
});

test.each(["telegram:42", "a b", "✓", " ", "'; DROP TABLE sessions; --", "x".repeat(1024)])(
  "%j is a good name for a session",
  (name) => {
    const core = createCore();
    runThrough(core, ["a"], null, name as SessionId);
    expect(reopened(core).get(name as SessionId).id).toBe(name);
  },
);

test("one that nobody has begun is not found", () => {
  const { sessions } = createCore();
  const unknown = "unknown" as SessionId;
  expect(sessions.find(unknown)).toBeNull();
  for (const act of [() => sessions.get(unknown), () => sessions.messages(unknown, 0, 1)]) {
    expect(act).toThrow(expect.objectContaining({ code: "sessions.not_found", status: 404 }));
  }
});

test("a page of messages ends early where they are long, and the next one goes on from there", () => {
  const core = createCore();
  const long = "x".repeat(400_000);
  runThrough(core, [long, long, long, long + long + long, "short", "short"]);
  const places = (from: number) => {
    const { messages, next, total } = core.sessions.messages(S, from, 500);
    return { places: messages.map(({ index }) => index), next, total };
  };
  expect(places(0)).toEqual({ places: [0, 1], next: 2, total: 6 });
  expect(places(2)).toEqual({ places: [2], next: 3, total: 6 });
  expect(places(3)).toEqual({ places: [3], next: 4, total: 6 });
  expect(places(4)).toEqual({ places: [4, 5], next: null, total: 6 });
  expect(places(99)).toEqual({ places: [], next: null, total: 6 });
  expect(core.sessions.messages(S, 4, 1)).toMatchObject({ next: 5 });
});
