import { describe, expect, test } from "vitest";
import type { RunId, SessionId } from "../../../contract/ids.ts";
import { createCore, type Core } from "../../../testing/core.ts";
import type { ImportId, Message } from "../contract.ts";

const S = "s1" as SessionId;
const RUN = `run_${"1".repeat(32)}` as RunId;

const told: readonly Message[] = [
  {
    role: "user",
    content: [{ type: "text", text: "# Not a title\nRead `a` and ```b```" }],
    createdAt: 1_000,
  },
  {
    role: "assistant",
    content: [
      { type: "thinking", thinking: "hm", signature: "s" },
      { type: "tool_call", toolCall: { id: "1", name: "read_file", arguments: { path: ["\ud800", "✓"] } } },
    ],
    model: "m",
    stopReason: "tool_use",
    usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    createdAt: 2_000,
  },
  {
    role: "tool",
    content: [{ type: "text", text: "````\nfence" }],
    toolCallId: "1",
    toolName: "read_file",
    isError: true,
    createdAt: 3_000,
    metadata: { lines: 2 },
  },
  { role: "assistant", content: [{ type: "text", text: "Done." }], createdAt: 4_000 },
];

const summary: Message = { role: "assistant", content: [{ type: "text", text: "(before)" }], createdAt: 5 };

function say(made: Core, messages: readonly Message[], replaced = 0): void {
  made.sessions.recordRun({ id: S, title: "Reading", clientId: "cli" });
  const compaction = replaced === 0 ? null : { replaced, summary };
  made.commit.now(() => made.sessions.append(S, RUN, messages, compaction));
}

function exported(made: Core, format: "json" | "markdown" = "json", id = S): string {
  const pieces: string[] = [];
  for (let after: string | undefined, isMore = true; isMore;) {
    const { text, next } = made.sessions.export(id, format, after);
    pieces.push(text);
    after = next ?? undefined;
    isMore = next !== null;
  }
  return pieces.join("");
}

async function imported(made: Core, file: string, pieceLength = 1_000): Promise<SessionId> {
  const { id } = made.sessions.imports.begin();
  for (let from = 0; from < file.length; from += pieceLength) {
    await made.sessions.imports.add(id, file.slice(from, from + pieceLength));
  }
  return made.sessions.imports.finish(id);
}

const withoutPlace = (made: Core, id: SessionId) =>
  made.sessions.messages(id, 0, 500).messages.map(({ runId: _run, ...message }) => message);

describe("a session that is exported and imported", () => {
  test.each([1, 7, 300, 1e6])(
    "is the same to each part, by a name of its own, in pieces of %d",
    async (length) => {
      const made = createCore();
      say(made, told);
      say(made, told, 3);
      made.sessions.edit(S, { tags: ["release 2", "auth"] });
      const file = exported(made);
      expect(JSON.parse(file)).toMatchObject({ format: "gatehouse.session", version: 1 });
      const other = createCore();
      say(other, told.slice(0, 1));
      const id = await imported(other, file, length);
      expect(id).not.toBe(S);
      expect(withoutPlace(other, id)).toEqual(withoutPlace(made, S));
      expect(other.sessions.view(id)).toEqual(createCore({ db: made.db }).sessions.view(S));
      expect(other.sessions.get(id)).toMatchObject({
        title: "Reading",
        clientId: "cli",
        tags: ["release 2", "auth"],
        messageCount: 8,
        userMessageCount: 2,
        assistantMessageCount: 4,
        runCount: 0,
        workspace: null,
        parent: null,
      });
      expect(other.sessions.get(S).messageCount).toBe(1);
      const { sessions: found } = await other.sessions.list({ limit: 9, search: "reading", tag: "auth" });
      expect(found.map((each) => each.id)).toEqual([id]);
      expect(exported(other, "json", id).split("\n").slice(1)).toEqual(file.split("\n").slice(1));
      expect(made.sessions.messages(S, 0, 9).messages[0]?.runId).toBe(RUN);
    },
  );

  test("has what it shares with others, and an empty one is one too", async () => {
    const made = createCore();
    say(made, told);
    const { id: fork } = await made.sessions.fork(S, { index: 1 });
    const id = await imported(made, exported(made, "json", fork));
    expect(withoutPlace(made, id)).toEqual(withoutPlace(made, S).slice(0, 2));
    made.sessions.recordRun({ id: "empty" as SessionId, title: "", clientId: "" });
    const empty = await imported(made, exported(made, "json", "empty" as SessionId));
    expect(made.sessions.get(empty)).toMatchObject({ title: "", messageCount: 0 });
  });

  test("is nowhere before it is whole, and leaves nothing when it is given up", async () => {
    const made = createCore();
    say(made, told);
    const file = exported(made);
    const { id } = made.sessions.imports.begin();
    expect(await made.sessions.imports.add(id, file.slice(0, -3))).toMatchObject({
      title: "Reading",
      sessionId: S,
      messages: 4,
      isWhole: false,
    });
    expect((await made.sessions.list({ limit: 9, search: "reading" })).sessions).toHaveLength(1);
    expect((await made.sessions.list({ limit: 9 })).sessions).toHaveLength(1);
    made.sessions.imports.abandon(id);
    for (let i = 0; i < 50; i += 1) made.clock.advance(10);
    const count = made.db
      .prepare("SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM messages)")
      .raw();
    expect(count.get()).toEqual([1, 4]);
  });

  test("whose importer died is removed after the next start", async () => {
    const made = createCore();
    say(made, told);
    const { id } = made.sessions.imports.begin();
    await made.sessions.imports.add(id, exported(made).slice(0, -3));
    const after = createCore({ db: made.db, clock: made.clock });
    expect((await after.sessions.list({ limit: 9 })).sessions).toHaveLength(1);
    after.clock.advance(60 * 60_000);
    for (let i = 0; i < 50; i += 1) after.clock.advance(10);
    expect(after.db.prepare("SELECT count(*) FROM messages").pluck().get()).toBe(4);
  });
});

describe("a file is refused as a whole", () => {
  const line = JSON.stringify(told[0]);
  const file = () => {
    const made = createCore();
    say(made, told);
    return exported(made);
  };
  const broken: readonly (readonly [string, (text: string) => string])[] = [
    ["without its end", (text) => text.replace("]}", "")],
    ["without a comma", (text) => text.replace("},\n", "}\n")],
    ["with a comma too many", (text) => text.replace("}\n]}", "},\n]}")],
    ["with something after its end", (text) => `${text}{}\n`],
    ["with a word that is not known", (text) => text.replace('"role":', '"extra":1,"role":')],
    ["with a role that is not known", (text) => text.replace('"role":"tool"', '"role":"system"')],
    ["of another version", (text) => text.replace('"version":1', '"version":2')],
    ["of something else", () => "[1,2,3]\n"],
    ["that is no JSON", (text) => text.replace('"role":"tool"', '"role":tool')],
    ["with depths", (text) => text.replace(line, `${"[".repeat(300)}${"]".repeat(300)}`)],
    ["with a line without an end", (text) => text.replace(line, JSON.stringify("x".repeat(5 * 1024 * 1024)))],
    ["with prototypes", (text) => text.replace('"role":"tool"', '"role":"tool","__proto__":{"a":1}')],
    ["that is empty", () => ""],
    ["laid out by somebody else", (text) => JSON.stringify(JSON.parse(text), null, 2)],
    [
      "with a summary of what is not there",
      (text) =>
        text.replace(
          '"compactions":[\n',
          `"compactions":[\n${JSON.stringify({ from: 3, toldTo: 9, createdAt: 1, summary })}\n`,
        ),
    ],
  ];

  test.each(broken)("%s, and nothing of it stays", async (_what, change) => {
    const made = createCore();
    await expect(imported(made, change(file()), 1024 * 1024)).rejects.toMatchObject({
      code: "sessions.bad_file",
      status: 422,
    });
    for (let i = 0; i < 50; i += 1) made.clock.advance(10);
    expect(made.db.prepare("SELECT count(*) FROM sessions").pluck().get()).toBe(0);
    expect(made.db.prepare("SELECT count(*) FROM messages").pluck().get()).toBe(0);
  });

  test("and the words say where", async () => {
    const made = createCore();
    const wrong = file().replace('"role":"tool"', '"role":"system"');
    await expect(imported(made, wrong)).rejects.toThrow(/^Line 5: /);
  });

  test("no more than a few are read at once, and one piece at a time", async () => {
    const { imports } = createCore().sessions;
    const [first] = Array.from({ length: 4 }, () => imports.begin());
    const id = first?.id as ImportId;
    expect(() => imports.begin()).toThrow(expect.objectContaining({ code: "sessions.busy" }));
    imports.abandon(id);
    expect(() => imports.begin()).not.toThrow();
    expect(() => imports.abandon(id)).toThrow(expect.objectContaining({ status: 404 }));
  });
});

test("Markdown tells everything, and nothing in it passes for a heading or ends a fence", () => {
  const made = createCore();
  say(made, told);
  say(made, told.slice(3), 3);
  const text = exported(made, "markdown");
  expect(text).toContain("# Reading\n");
  expect(text.match(/^#+ .*$/gm)).toEqual([
    "# Reading",
    "## Prompt",
    "## Answer: m",
    "### Failed: read_file",
    "## Answer: model",
    "## Answer: model",
  ]);
  expect(text).toContain("\\# Not a title");
  expect(text).toContain("`````\n````\nfence\n`````");
  expect(text).toContain("> (before)");
  expect(text.indexOf("> (before)")).toBeGreaterThan(text.indexOf("### Failed"));
});

test("a long session is exported in pieces, and what is said meanwhile is left to the next export", () => {
  const made = createCore();
  const text = "x".repeat(300_000);
  const many = Array.from({ length: 9 }, (): Message => ({
    role: "user",
    content: [{ type: "text", text }],
    createdAt: 1,
  }));
  say(made, many);
  const first = made.sessions.export(S, "json", undefined);
  expect(first.next).not.toBeNull();
  say(made, many);
  let { next } = first;
  let file = first.text;
  while (next !== null) {
    const piece = made.sessions.export(S, "json", next);
    expect(piece.text.length).toBeLessThan(1_300_000);
    file += piece.text;
    ({ next } = piece);
  }
  expect((JSON.parse(file) as { messages: unknown[] }).messages).toHaveLength(9);
  for (const after of ["0.9", "9.3", "3.99", "x", "-1.9"]) {
    expect(() => made.sessions.export(S, "json", after), after).toThrow(
      expect.objectContaining({ code: "request.invalid" }),
    );
  }
});
