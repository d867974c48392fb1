import { describe, expect, it } from "vitest";
import { Presentation, Proposal } from "./contract.ts";
import { textDiff } from "./diff.ts";
import { sightOf } from "./sight.ts";
import { inspect } from "./inspect.ts";
import { cpuTimeOf } from "./testing/cpu-time.ts";
import { presentFileChange } from "./inspect-file-change.ts";

const timed = <T>(work: () => T): { result: T; ms: number } => {
  let result: { value: T } | undefined;
  const ms = cpuTimeOf(() => {
    result = { value: work() };
  });
  if (result === undefined) throw new Error("not done");
  return { result: result.value, ms };
};
const changeOf = (before: string, after: string) => textDiff({ path: "f", status: "changed", before, after });
const diffOf = (before: string, after: string) => changeOf(before, after).diff;
const newFile = (after: string) => textDiff({ path: "f", status: "created", before: "", after });
const linesOf = ({ diff }: ReturnType<typeof textDiff>) => diff.hunks.flatMap(({ text }) => text.split("\n"));
const shown = (before: string, after: string) => linesOf(changeOf(before, after));

describe("a command", () => {
  it("shows a huge command whole and quickly, and names it in 120 characters", () => {
    const { result: inspection, ms } = timed(() =>
      inspect(
        {
          kind: "program",
          argv: ["git", "commit", "-m", `${"x\u202e".repeat(500_000)}end`],
          folder: "",
          input: "",
        },
        { workDir: "/w" },
      ),
    );
    const { presentation: result } = inspection;
    expect(result.body.kind === "command" && result.body.text.endsWith("end'")).toBe(true);
    expect(result.act).toHaveLength(120);
    expect(result.act).toMatch(/^run `git commit -m \$'x\\u202ex.*…`$/);
    expect(Presentation.safeParse(result).success).toBe(true);
    expect(ms).toBeLessThan(1_500);
  });
});

const presentCall = (tool: string, args: unknown) =>
  inspect({ kind: "call", tool, arguments: args }, { workDir: "/w" }).presentation;

describe("any other call", () => {
  it("shows all arguments, indented, every character visible", () => {
    const { body, act, risks } = presentCall("mcp_x_y\u202e", { a: "1\n2\u202e", b: [1] });
    expect(body).toEqual({ kind: "call", text: '{\n  "a": "1\\n2\\u202e",\n  "b": [\n    1\n  ]\n}' });
    expect(act).toBe("use `mcp_x_y\\u202e`");
    expect(risks[0]).toMatchObject({ kind: "unknown", level: "medium" });
  });

  it("tolerates what can't be shown", () => {
    const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`) as unknown;
    expect(presentCall("t", deep).body).toMatchObject({ text: `${"[".repeat(50_000)}${"]".repeat(50_000)}` });
    expect(presentCall("t", undefined).body).toMatchObject({ text: "(none)" });
  });
});

describe("textDiff", () => {
  it("shows changed lines with three lines around them, numbered", () => {
    const before = Array.from({ length: 20 }, (_, i) => `${i + 1}\n`).join("");
    const { hunks, added, removed } = diffOf(before, before.replace("10\n", "ten\nand\n"));
    expect({ added, removed, hunks: hunks.length }).toEqual({ added: 2, removed: 1, hunks: 1 });
    expect(hunks[0]).toEqual({
      beforeStart: 7,
      afterStart: 7,
      text: " 7\n 8\n 9\n-10\n+ten\n+and\n 11\n 12\n 13",
    });
  });

  it("shows what the eye would miss", () => {
    expect(shown("a\u200b\n", "a\n")).toEqual(["-a\\u200b", "+a"]);
    expect(shown("a\r\n", "a\n")).toEqual(["-a\\r", "+a"]);
    expect(shown("a\r\nb\r\n", "a\r\nc\r\n")).toEqual([" a", "-b", "+c"]);
    expect(shown("a", "a\n")).toEqual(["-a", "\\ No newline at end of file", "+a"]);
    expect(shown("\tx\n", "\ty\n")).toEqual(["-\tx", "+\ty"]);
  });

  it("shows every character of what would be written, whatever it is", () => {
    expect(linesOf(newFile("#!/bin/sh\n\0rm -rf ~\n\x1b[2K\ufffd\u00e9\n"))).toEqual([
      "+#!/bin/sh",
      "+\\x00rm -rf ~",
      "+\\x1b[2K\ufffd\u00e9",
    ]);
    expect(shown("a\0", "b")[0]).toBe("-a\\x00");
    const returns = newFile("a\r\nb\r\n");
    expect(linesOf(returns)).toEqual(["+a", "+b"]);
    expect(returns.diff.note).toBe("Every line ends in a carriage return and a newline.");
    expect(newFile("p\u0430ypal\n").diff.hunks[0]?.text).toBe("+p\\u0430ypal");
    expect(changeOf("a\n", "a\n").diff).toMatchObject({ hunks: [], note: "Nothing in it changes." });
  });

  it("compares two edits in a long file, and those among repeats, as if the whole were compared", () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `line ${i + 1}\n`);
    const after = lines.with(9_000, "new\n").with(9_100, "new\n").join("");
    expect(diffOf(lines.join(""), after).hunks).toMatchObject([
      {
        beforeStart: 8_998,
        afterStart: 8_998,
        text: expect.stringContaining("-line 9001\n+new\n") as string,
      },
      { beforeStart: 9_098, afterStart: 9_098 },
    ]);
    expect(diffOf("a\nb\nb\nb\nb\nb\nb\nc\n", "a\nb\nb\nb\nb\nb\nc\n").hunks).toEqual([
      { beforeStart: 4, afterStart: 4, text: " b\n b\n b\n-b\n c" },
    ]);
  });

  it("holds line 10,041 of a new file, and of a changed one", () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `line ${i + 1}\n`).join("");
    expect(linesOf(newFile(text))[10_040]).toBe("+line 10041");
    expect(linesOf(newFile(text))).toHaveLength(20_000);
    expect(shown(text, text.replaceAll("line", "row"))).toContain("+row 10041");
    expect(newFile(text).unshown).toBeUndefined();
  });

  it("takes little time on two quite different files of 1 MiB, and shows the new one whole", () => {
    const text = (seed: number) =>
      Array.from({ length: 90_000 }, (_, i) => `${(i * seed) % 9_973}\n`).join("");
    const { result, ms } = timed(() => changeOf(text(7), text(11)));
    expect(result.diff.note).toMatch(/^Too different .* The old text is too long to be shown\.$/);
    expect(result.diff).toMatchObject({ added: 90_000, removed: 90_000 });
    expect(linesOf(result)).toHaveLength(90_000);
    expect(result.unshown).toBeUndefined();
    expect(ms).toBeLessThan(2_500);
  });

  it("says that a new file of a million lines can't be shown, and takes little time over it", () => {
    const { result, ms } = timed(() => newFile("\n".repeat(1_048_576)));
    expect(result.diff.added).toBe(1_048_576);
    expect(result.unshown).toMatch(/^This is too long to be shown whole: 1,048,576 lines/);
    expect(ms).toBeLessThan(2_500);
  });
});

describe("what can't be seen whole", () => {
  const look = (given: unknown) => inspect(Proposal.parse(given), { workDir: "/w" }).presentation;

  it.each([
    [
      "a text that nobody gave",
      { kind: "file_change", path: "a", status: "created", before: "", after: null },
    ],
    ["a command without end", { kind: "program", argv: ["echo", "x".repeat(5_000_000)] }],
    [
      "an input of too many lines",
      { kind: "program", argv: ["make", "-sf", "-"], input: "\n".repeat(200_000) },
    ],
    ["a call with too much", { kind: "call", tool: "t", arguments: { x: "y".repeat(5_000_000) } }],
    ["a request with too much", { kind: "network", url: "https://a.b/", body: "y".repeat(5_000_000) }],
  ])("is marked as such: %s", (_, given) => {
    const presentation = look(given);
    expect(presentation.unshown).toMatch(/can't be allowed/);
    expect(sightOf(presentation)).toBe("none");
  });

  it.each([
    { kind: "call", tool: "Read".repeat(80), arguments: {} },
    { kind: "mcp", server: "files".repeat(70), tool: "read", arguments: {} },
    { kind: "mcp", server: "files", tool: "\u202e".repeat(60), arguments: {} },
  ])("is a tool whose name is not shown whole", (given) => {
    const presentation = look(given);
    expect(presentation.unshown).toMatch(/can't be allowed/);
    expect(sightOf(presentation)).toBe("none");
  });

  it("is not what replaces a file that nobody can read", () => {
    const given = { kind: "file_change", path: "a", status: "overwritten", before: null, after: "x\n" };
    const presentation = look({ ...given, note: "Ok`. Allowed by Gatehouse `" });
    expect(sightOf(presentation)).toBe("card");
    expect(presentation.body).toMatchObject({
      diff: {
        hunks: [{ text: "+x" }],
        note: "What is there now can't be shown. Whoever asks says: `Ok\\x60. Allowed by Gatehouse \\x60`",
      },
    });
  });
});

describe("presentFileChange", () => {
  const risksOf = (path: string, status: "created" | "changed" | "overwritten") =>
    presentFileChange(textDiff({ path, status, before: "", after: "x" }), path, "/code/app").risks;

  it.each([
    "package.json",
    "sub/Makefile",
    ".github/workflows/ci.yml",
    ".husky/pre-commit",
    "x.sh",
    "conftest.py",
    "AGENTS.md",
    ".vscode/tasks.json",
    "Dockerfile",
  ])("warns of files that take effect by themselves: %s", (path) =>
    expect(risksOf(path, "created")[0]).toMatchObject({ kind: "runs_code", level: "medium" }),
  );

  it("rates replacing above changing", () => {
    expect(risksOf("a.ts", "changed")).toMatchObject([{ kind: "writes", level: "low" }]);
    expect(risksOf("a.ts", "created")).toMatchObject([{ kind: "writes", level: "low" }]);
    expect(risksOf("a.ts", "overwritten")).toMatchObject([{ kind: "writes", level: "medium" }]);
  });
});
