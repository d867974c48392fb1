import { createApi } from "../../fixtures/api.ts";
import { expectNoHold, test } from "../../fixtures/holds/test.ts";
import { expectClearRefusal } from "../../fixtures/refusals.ts";
import { expect } from "../../fixtures/test.ts";

const KiB = 1024;
const MiB = 1024 * KiB;
/** What may just be asked about. */
const MOST = 126 * KiB;

const filled = (unit: string, characters = MOST) => unit.repeat(characters / unit.length);
const words = (count: number, word: string) => Array.from({ length: count }, () => word);
/** Lines of numbers in an order that looks like none. */
function lines(seed: number, characters = MOST / 2): string {
  const all = Array.from({ length: characters }, (_, at) => `${(at * seed) % 9_973}\n`).join("");
  return all.slice(0, characters);
}

const shell = (text: string, input = "") => ({ kind: "shell", text, input });
const program = (argv: readonly string[], input = "") => ({ kind: "program", argv, input });
const change = (before: string, after: string) => ({
  kind: "file_change",
  path: "a.ts",
  status: "changed",
  before,
  after,
});
const created = (after: string) => ({
  kind: "file_change",
  path: "a.ts",
  status: "created",
  before: "",
  after,
});
const network = (url: string, body = "") => ({ kind: "network", url, body });
const call = (args: unknown, tool = "t") => ({ kind: "call", tool, arguments: args });
const mcp = (server: string, tool: string, args: unknown) => ({ kind: "mcp", server, tool, arguments: args });

/** Characters that nobody has met before. */
const strange = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => String.fromCodePoint(from + at)).join("");

const TOO_LARGE: Readonly<Record<string, object>> = {
  "a million hidden characters": shell("\u202e".repeat(MiB)),
  "a large text": shell("x".repeat(5 * MiB)),
  "large words": program(words(5, "y".repeat(MiB))),
  "lone halves": program(["echo", filled("\ud800")]),
  "two large files": change("a\n".repeat(MiB), "b\n".repeat(MiB)),
  "a large body": network("https://a.b/", "x".repeat(5 * MiB)),
  "a large key": call({ ["k".repeat(5 * MiB)]: 1 }),
  "a large name": call({}, "\u202e".repeat(MiB)),
};

const JUST_TAKEN: Readonly<Record<string, object>> = {
  "hidden characters": shell(filled("\u202e")),
  "hidden lines": shell(filled("\u202e\n")),
  "hidden input": shell("cat", filled("\u202e")),
  "30,000 shell words": shell("a ".repeat(30_000)),
  "letters of two scripts": shell(filled("a\u0430 ")),
  "letters that pass for Latin ones": shell(filled("\u0440\u0430\u0443\u0440\u0430l ")),
  "strange characters": shell(strange(0xa0, 50_000)),
  "strange letters": program(["echo", strange(0x20000, 60_000)]),
  "a strange body": network("https://a.b/", strange(0x10000, 14_000) + strange(0x30000, 40_000)),
  "here-documents": shell(filled("cat <<X\na\nX\n")),
  substitutions: shell(filled("$(")),
  "9,000 words": program(["rm", ...words(9_000, "a")]),
  "9,000 interpreters": program(words(9_000, "sh")),
  "1,999 wrappers": program(words(1_999, "env")),
  "hidden words": program(["rm", ...words(1_300, "\u202ea\u0430".repeat(30))]),
  "a hidden script": program(["sh", "-c", filled("\u202e\n")]),
  "quotes and backslashes": program(["echo", filled("\\\u202e'")]),
  "lone halves": program(["echo", filled("\ud800", MOST / 6)]),
  marks: program(["echo", filled("a\u0301")]),
  "a script to read": program(["node"], filled("require('a');\n")),
  "a script of calls": program(["node", "-e", filled("require('a');", 60 * KiB)]),
  "two different files": change(lines(7), lines(11)),
  "a file upside down": change(lines(7), lines(7).split("\n").reverse().join("\n")),
  "every other line": change(lines(7), lines(7).replaceAll("1\n", "2\n")),
  "empty lines": change(filled("\n", MOST / 2), filled("a\n", MOST / 2)),
  "hidden changes": change(filled("\u202ea\n", MOST / 2), filled("\u202eb\n", MOST / 2)),
  "a hidden file": created(filled("\u202e\n")),
  "a file of returns": created(filled("\r")),
  "a hidden address": network(`https://a.b/${filled("\u202e")}`),
  "an address of names": network(`https://${filled("a@")}`),
  "a hidden body": network("https://a.b/", filled("\u202e")),
  "hidden arguments": call({ x: filled("\u202e") }),
  "9,000 arguments": call(Object.fromEntries(Array.from({ length: 9_000 }, (_, at) => [`k${at}`, at]))),
  "deep arguments": call(JSON.parse(`${"[".repeat(190)}${"]".repeat(190)}`)),
  "hidden names": mcp(filled("\u202e", MOST / 2), filled("\u202e", MOST / 2), {}),
};

test.describe("what holds the main thread", () => {
  test.setTimeout(240_000);

  test("no question does", async ({ daemon, holds }) => {
    const ask = (proposal: object) => daemon.owner.post("/gatehouse/v1/asks", { proposal, folder: "/w" });
    expect((await ask(shell("ls"))).status).toBe(200);
    for (const [name, proposal] of Object.entries(TOO_LARGE)) {
      const answer = await expectNoHold(holds, name, () => ask(proposal));
      expect.soft(answer.status, name).toBe(413);
      expectClearRefusal(answer, name);
    }
    for (const [name, proposal] of Object.entries(JUST_TAKEN)) {
      const answer = await expectNoHold(holds, name, () => ask(proposal));
      expect.soft(answer.status, `${name}: ${answer.text.slice(0, 200)}`).toBe(200);
    }
  });

  test("as many as one key may ask at once do not either", async ({ daemon, holds }) => {
    const { json } = await daemon.owner.post("/gatehouse/v1/keys", { name: "many", scopes: ["ask"] });
    const asker = createApi({ port: daemon.port, token: (json as { token: string }).token });
    const kinds: Readonly<Record<string, (at: number) => object>> = {
      "190 short commands": (at) => shell(`echo ${at}`),
      "190 commands of many words": (at) => shell(`${`echo ${at} && `.repeat(800)}true`),
      "190 long calls": (at) => call({ a: filled("\u0436\u202e ") }, `t${at}`),
    };
    for (const [name, proposalAt] of Object.entries(kinds)) {
      const answers = await expectNoHold(holds, name, async () => {
        const asked = await Promise.all(
          Array.from({ length: 190 }, (_, at) =>
            asker.post("/gatehouse/v1/asks", { proposal: proposalAt(at), folder: "/w" }),
          ),
        );
        for (const { json: ask } of asked) {
          const { id } = ask as { id?: string | null };
          if (typeof id === "string") await asker.delete(`/gatehouse/v1/asks/${id}`);
        }
        return asked;
      });
      expect.soft(new Set(answers.map(({ status }) => status)), name).toEqual(new Set([200]));
    }
  });
});
