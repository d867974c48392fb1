import { statSync } from "node:fs";
import { join } from "node:path";
import type { Reply } from "../../../main/testing/scripted-model/index.ts";
import type { DaemonPlace } from "../../fixtures/daemon.ts";
import { typesOf } from "../../fixtures/event-stream.ts";
import { createGlue, runErrorOf } from "../../fixtures/glue.ts";
import { expectNoHold, test } from "../../fixtures/holds/test.ts";
import { expectClearRefusal } from "../../fixtures/refusals.ts";
import { expect } from "../../fixtures/test.ts";

const MiB = 1024 * 1024;

const many = (count: number, item: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => item(at)).join(",");

/** Bodies whose `"text":"go"` is an honest run; what stands beside it is not. */
const BESIDE: Readonly<Record<string, string>> = {
  "nested lists": `"options":${"[".repeat(2.9 * MiB)}${"]".repeat(2.9 * MiB)}`,
  "nested objects": `"options":${'{"":'.repeat(MiB)}1${"}".repeat(MiB)}`,
  "empty objects": `"options":{"a":[${"{},".repeat(1.9 * MiB)}{}]}`,
  commas: ",".repeat(5.9 * MiB),
  keys: `"options":{${many(300_000, (at) => `"key ${at}":1`)}}`,
  "as many keys as may be": `"options":{${many(9_900, (at) => `"key ${at}":1`)}}`,
  "as many objects as may be": `"options":{"a":[${"{},".repeat(4_900)}{}]}`,
  "unknown keys": many(9_900, (at) => `"key ${at}":1`),
  "equal keys": `"options":{${'"a":1,'.repeat(900_000)}"a":1}`,
  prototypes: `"options":{${'"__proto__":{"a":'.repeat(90)}1${"}}".repeat(90).slice(0, -1)}`,
  "a long number": `"options":{"a":${"9".repeat(5.9 * MiB)}}`,
  numbers: `"options":{"a":[${many(9_900, () => "1e308")}]}`,
  blanks: `"options":{${" \n".repeat(2.9 * MiB)}}`,
  "a long key": `"options":{"${"k".repeat(5.8 * MiB)}":1}`,
  escapes: `"options":{"a":"${String.raw`\u0001`.repeat(900_000)}"}`,
  "lone surrogates": `"options":{"a":"${String.raw`\ud800`.repeat(900_000)}"}`,
  "wide characters": `"options":{"a":"${"✓".repeat(1.9 * MiB)}"}`,
  "no end": `"options":{"a":"${"x".repeat(5.8 * MiB)}`,
};

const TEXTS: Readonly<Record<string, string>> = {
  "words of 5 MiB": "word ".repeat(MiB),
  "one word of 5 MiB": "x".repeat(5 * MiB),
  lines: "line\n".repeat(0.9 * MiB),
  commands: "/list_dir\n".repeat(500_000),
  controls: "\u0001".repeat(0.9 * MiB),
  wide: "✓".repeat(1.6 * MiB),
  surrogates: "\ud800".repeat(200_000),
  quotes: '"\\'.repeat(1.4 * MiB),
};

test.describe("what holds the main thread", () => {
  test.setTimeout(240_000);

  test("no body does", async ({ daemon, holds }) => {
    for (const [name, beside] of Object.entries(BESIDE)) {
      for (const [path, own] of [
        ["/v1/sessions/s/runs", ""],
        ["/gatehouse/v1/runs", '"sessionId":"s",'],
      ]) {
        const answer = await expectNoHold(holds, `${name} to ${path}`, () =>
          daemon.owner.post(path ?? "", `{${own}"text":"go",${beside}}`).catch(() => null),
        );
        if (answer !== null && answer.status !== 201) expectClearRefusal(answer, name);
      }
    }
  });

  test("no prompt does", async ({ daemon, holds }) => {
    const glue = createGlue(daemon.api);
    for (const [name, text] of Object.entries(TEXTS)) {
      const frames = await expectNoHold(holds, name, () => glue.run(name, { text }));
      expect(frames.at(-1)?.event).toMatch(/^run_/);
    }
  });

  const answers: Readonly<Record<string, Reply>> = {
    "one long line": raw(`data: ${"x".repeat(24 * MiB)}\n\n`),
    "one line": { text: "x".repeat(3.9 * MiB) },
    controls: { text: "\u0001".repeat(0.6 * MiB) },
    wide: { text: "✓".repeat(1.2 * MiB) },
    "small pieces": { text: "a ".repeat(240_000) },
    "too many pieces": { text: "a ".repeat(500_000) },
    "empty events": raw("data: {}\n\n".repeat(500_000)),
    comments: raw(": ping\n".repeat(MiB)),
    returns: raw("\r".repeat(4 * MiB)),
    "lines without an end": raw("data: x\n".repeat(MiB)),
    deep: raw(`data: ${'{"choices":['.repeat(MiB / 4)}\n\n`),
    values: raw(`data: {"choices":[${"{},".repeat(MiB)}{}]}\n\n`),
    calls: { toolCalls: Array.from({ length: 100_000 }, () => ({ name: "list_dir", arguments: {} })) },
    "calls as many as may be": {
      toolCalls: Array.from({ length: 128 }, (_, at) => ({
        name: "read_file",
        arguments: { path: `${at}`.padEnd(20_000, "x") },
      })),
    },
    "long arguments": { toolCalls: [{ name: "list_dir", arguments: { path: "x".repeat(2 * MiB) } }] },
    "long arguments of escapes": {
      toolCalls: [{ name: "list_dir", arguments: { path: "\n".repeat(MiB) } }],
    },
    "too long arguments": { toolCalls: [{ name: "list_dir", arguments: { path: "x".repeat(55 * MiB) } }] },
    "arguments in single bytes": raw(dripped("x".repeat(100_000))),
    "arguments in too many pieces": raw(dripped("x".repeat(300_000))),
    "deep arguments": {
      toolCalls: [{ name: "list_dir", arguments: `${'{"a":'.repeat(300_000)}1${"}".repeat(300_000)}` }],
    },
    "arguments of objects": {
      toolCalls: [{ name: "list_dir", arguments: `{"a":[${"{},".repeat(900_000)}{}]}` }],
    },
    "arguments with as many keys as may be": {
      toolCalls: [{ name: "list_dir", arguments: `{${many(9_900, (at) => `"key ${at}":1`)}}` }],
    },
    "a long file": {
      toolCalls: [{ name: "write_file", arguments: { path: "a.txt", content: "line\n".repeat(200_000) } }],
    },
    "a long error": { status: 400, body: `{"error":{"message":"${"x".repeat(20 * MiB)}"}}` },
    "a deep error": { status: 400, body: "[".repeat(20 * MiB) },
    "an error in the stream": raw(`data: {"error":{"message":"${"x".repeat(3 * MiB)}"}}\n\n`),
  };

  test("no answer of a model does", async ({ modelGlue: glue, model, modelDaemon, holds }) => {
    await glue.run("first", "go");
    let sessions = 0;
    const answered = async (reply: Reply) => {
      model.script(reply);
      sessions += 1;
      const { run_id: runId } = await glue.start(`s${sessions}`, { text: "go", detached: true });
      const stream = await glue.stream(runId);
      const last = await stream.first(({ event }) =>
        ["run_done", "run_error", "permission_request"].includes(event),
      );
      if (last.event === "permission_request") await glue.cancel(runId);
      return { last, frames: await stream.ended };
    };
    for (const [name, reply] of Object.entries(answers)) {
      const { last, frames } = await expectNoHold(holds, name, () => answered(reply));
      const refusal = REFUSED[name];
      const said = runErrorOf(frames)?.message;
      if (refusal !== undefined) expect.soft(said, name).toBe(`the model's answer was not taken: ${refusal}`);
      else if (last.event === "run_done") expect.soft(said, name).toBeUndefined();
      expect((await modelDaemon.api.get("/v1/health")).status).toBe(200);
    }
  });

  test("an answer with 100,000 calls is refused as a whole, and leaves next to nothing behind", async ({
    modelGlue: glue,
    model,
    place,
  }) => {
    await glue.run("first", "go");
    const before = databaseBytes(place);
    model.script({ toolCalls: Array.from({ length: 100_000 }, () => ({ name: "list_dir", arguments: {} })) });
    const frames = await glue.run("s", "go");
    expect(typesOf(frames)).toEqual([
      "run_start",
      "loop_start",
      "turn_start",
      "error",
      "loop_end",
      "run_error",
    ]);
    expect(databaseBytes(place) - before).toBeLessThan(MiB);
    expect((await glue.run("s", "still here?")).at(-1)?.event).toBe("run_done");
  });
});

/** How what is too much is refused. Whatever is not here is taken as it is. */
const REFUSED: Readonly<Record<string, string>> = {
  "one long line": "a piece of it is longer than 4 MiB",
  "too many pieces": "it has more than 250,000 pieces",
  "lines without an end": "a piece of it is longer than 4 MiB",
  deep: "a piece of it has more than 200 levels of nesting",
  values: "a piece of it has more than 10,000 values",
  calls: "it has more than 128 tool calls",
  "too long arguments": "a piece of it is longer than 4 MiB",
  "arguments in too many pieces": "it has more than 250,000 pieces",
};

const databaseBytes = ({ home }: DaemonPlace): number =>
  ["", "-wal"].reduce((sum, end) => {
    const found = statSync(join(home, `gatehouse.db${end}`), { throwIfNoEntry: false });
    return sum + (found?.size ?? 0);
  }, 0);

/** These bytes, and then an honest answer. */
function raw(...rawFrames: readonly string[]): Reply {
  return { rawFrames, text: "well" };
}

function dripped(args: string): string {
  const delta = (call: object) =>
    `data: ${JSON.stringify({ choices: [{ delta: { tool_calls: [call] } }] })}\n\n`;
  const first = delta({ index: 0, id: "c", function: { name: "list_dir", arguments: "" } });
  return first + Array.from(args, (piece) => delta({ index: 0, function: { arguments: piece } })).join("");
}
