import { describe, expect, it } from "vitest";
import { Presentation } from "./contract.ts";
import { textDiff } from "./diff.ts";
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
const diffOf = (before: string, after: string) => textDiff({ path: "f", status: "changed", before, after });
const shown = (before: string, after: string) =>
  diffOf(before, after).hunks.flatMap(({ lines }) =>
    lines.map(({ kind, text }) => `${{ same: " ", added: "+", removed: "-" }[kind]}${text}`),
  );

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
    expect(hunks[0]?.lines[0]).toEqual({ kind: "same", before: 7, after: 7, text: "7" });
    expect(hunks[0]?.lines.slice(3, 6)).toEqual([
      { kind: "removed", before: 10, after: null, text: "10" },
      { kind: "added", before: null, after: 10, text: "ten" },
      { kind: "added", before: null, after: 11, text: "and" },
    ]);
    expect(hunks[0]?.lines.at(-1)).toEqual({ kind: "same", before: 13, after: 14, text: "13" });
  });

  it("shows what the eye would miss", () => {
    expect(shown("a\u200b\n", "a\n")).toEqual(["-a\\u200b", "+a"]);
    expect(shown("a\r\n", "a\n")).toEqual(["-a\\r", "+a"]);
    expect(shown("a\r\nb\r\n", "a\r\nc\r\n")).toEqual([" a", "-b", "+c"]);
    expect(shown("a", "a\n")).toEqual(["-a", " \\ No newline at end of file", "+a"]);
    expect(shown("\tx\n", "\ty\n")).toEqual(["-\tx", "+\ty"]);
  });

  it("says so when it is not text", () => {
    expect(diffOf("a\0", "b")).toMatchObject({ hunks: [], note: "Not text: 2 bytes before, 1 bytes after." });
  });

  it("takes little time on two quite different files of 1 MiB, and says what it does", () => {
    const text = (seed: number) =>
      Array.from({ length: 100_000 }, (_, i) => `${(i * seed) % 9_973}\n`).join("");
    const { result, ms } = timed(() => diffOf(text(7), text(11)));
    expect(result.note).toMatch(/^Too different .* Only the first 10,000 of 200,000 lines/);
    expect(result).toMatchObject({ added: 100_000, removed: 100_000 });
    expect(ms).toBeLessThan(2_500);
  });

  it("takes little time on a new file of a million lines", () => {
    const { result, ms } = timed(() =>
      textDiff({ path: "f", status: "created", before: "", after: "\n".repeat(1_048_576) }),
    );
    expect(result).toMatchObject({
      added: 1_048_576,
      note: "Only the first 10,000 of 1,048,576 lines are shown here.",
    });
    expect(ms).toBeLessThan(2_500);
  });
});

describe("presentFileChange", () => {
  const risksOf = (path: string, status: "created" | "changed" | "overwritten") =>
    presentFileChange(textDiff({ path, status, before: "", after: "x" }), path, false).risks;

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
