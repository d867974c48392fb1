import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expectNoHold, test } from "../../fixtures/holds/test.ts";
import { expect } from "../../fixtures/test.ts";

const KiB = 1024;
const MiB = 1024 * KiB;

interface Call {
  readonly name: string;
  readonly arguments: object;
}

const bytesOf = (text: string) => Buffer.byteLength(text);
/** As much of it as a file may have that an agent writes. */
const filled = (unit: string, bytes = MiB) => unit.repeat(Math.floor(bytes / bytesOf(unit)));
/** Characters that are looked up for the first time, in each text others. */
const strange = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => String.fromCodePoint(from + at)).join("");

const write = (content: string): Call => ({ name: "write_file", arguments: { path: "new.txt", content } });
const edit = (path: string, old: string, fresh: string, all = false): Call => ({
  name: "edit_file",
  arguments: { path, old_string: old, new_string: fresh, replace_all: all },
});

/** What is written anew, and shown before. */
const WRITTEN: Readonly<Record<string, string>> = {
  "letters of two scripts": filled("aа "),
  "one word of two scripts": filled("aа"),
  "letters that pass for Latin ones": filled("рауравl "),
  "words that pass for Latin ones": filled("рау рав\n"),
  "hidden lines": filled("a\u202e\n", MiB / 2),
  "hidden characters": filled("\u202e"),
  "strange characters": strange(0x20000, 80_000) + strange(0x3400, 30_000),
  "lines of nothing": filled("\n"),
  "one line": filled("x"),
};

const line = (at: number) => `${(at * 7_919) % 99_991} ${"ab".repeat(at % 5)}\n`;
const lines = (bytes: number) => Array.from({ length: bytes / 11 }, (_, at) => line(at)).join("");

/** Files that are there, and what is replaced in them. */
const EDITED: Readonly<
  Record<string, { readonly before: string; readonly call: [string, string, boolean?] }>
> = {
  "a word in a long file": { before: `${lines(MiB - 20)}needle\n`, call: ["needle", "pin"] },
  "what is nowhere": { before: lines(MiB - 20), call: ["  no such\nlines “here”\nat all\n", "x"] },
  "every letter": { before: filled("a", 300 * KiB), call: ["a", "b", true] },
  "every empty line": { before: filled("\n\n", 500 * KiB), call: ["\n\n", "\n", true] },
  "other dashes and quotes": { before: filled("“it’s” — \n"), call: ['"it\'s" - \n"it\'s" -', "x", true] },
  "what is nearly there": {
    before: filled(`begin\n${`${"ab".repeat(120)}\n`.repeat(300)}end\n`),
    call: [`begin\n${`${"ba".repeat(120)}\n`.repeat(300)}end\n`, "x"],
  },
  "mixed scripts": { before: filled("aа\n", MiB - 50), call: ["aа\n", "аa\n", true] },
};

/** What the model is told at once, and nobody is asked. */
const NOT_ASKED = new Set(["what is nowhere", "what is nearly there"]);

const ENTRIES = 60_000;

const READ: Readonly<Record<string, Call>> = {
  "the end of many lines": { name: "read_file", arguments: { path: "lines.txt", offset: 19_000_000 } },
  "one long line": { name: "read_file", arguments: { path: "line.txt" } },
  "what is too large": { name: "read_file", arguments: { path: "huge.txt" } },
  "a pattern in one long line": { name: "grep", arguments: { pattern: "(x+x+)+y", path: "half.txt" } },
  "a large pattern": {
    name: "grep",
    arguments: { pattern: "(a?){40}(x|y|z){20}[^x]", path: "half.txt" },
  },
  "many empty lines": { name: "grep", arguments: { pattern: "^$x", path: "empty.txt" } },
  "a folder of many": { name: "list_dir", arguments: { path: "many" } },
  "names of many": { name: "find_files", arguments: { pattern: "*a*b*c*d*e*f*g*h", path: "many" } },
  "paths of many": {
    name: "find_files",
    arguments: { pattern: `**/{${"a*,".repeat(100)}b}*/**/*c`, path: "many" },
  },
  "texts of many": { name: "grep", arguments: { pattern: "nothing", path: "many" } },
};

test.describe("what holds the main thread", () => {
  test.setTimeout(240_000);

  test("no file that is written or changed does", async ({ modelGlue: glue, model, place, holds }) => {
    await glue.run("first", "go");
    let runs = 0;
    const asked = async (call: Call) => {
      model.script({ toolCalls: [call] });
      runs += 1;
      const { run_id: runId } = await glue.start(`s${runs}`, { text: "go", detached: true });
      const stream = await glue.stream(runId);
      const last = await stream.first(({ event }) => ["run_done", "permission_request"].includes(event));
      if (last.event === "permission_request") await glue.cancel(runId);
      await stream.ended;
      return last.event;
    };
    for (const [name, content] of Object.entries(WRITTEN)) {
      const event = await expectNoHold(holds, `written: ${name}`, () => asked(write(content)));
      expect(event, name).toBe("permission_request");
    }
    for (const [name, { before, call }] of Object.entries(EDITED)) {
      writeFileSync(join(place.work, "there.txt"), before);
      const event = await expectNoHold(holds, `changed: ${name}`, () => asked(edit("there.txt", ...call)));
      expect(event, name).toBe(NOT_ASKED.has(name) ? "run_done" : "permission_request");
    }
  });

  test("no file or folder that is read does", async ({ modelGlue: glue, model, place, holds }) => {
    const put = (path: string, text: string) => writeFileSync(join(place.work, path), text);
    put("lines.txt", "\n".repeat(20 * MiB));
    put("line.txt", "x".repeat(20 * MiB));
    put("huge.txt", "x".repeat(100 * MiB));
    put("half.txt", "x".repeat(512 * KiB));
    put("empty.txt", "\n".repeat(512 * KiB));
    mkdirSync(join(place.work, "many"));
    for (let at = 0; at < ENTRIES; at += 1) put(`many/${"a".repeat(at % 50)}${at}`, "");
    await glue.run("first", "go");
    let runs = 0;
    for (const [name, call] of Object.entries(READ)) {
      const frames = await expectNoHold(holds, `read: ${name}`, () => {
        model.script({ toolCalls: [call] }, { text: "well" });
        runs += 1;
        return glue.run(`s${runs}`, "go");
      });
      expect(frames.at(-1)?.event, name).toBe("run_done");
    }
  });
});
