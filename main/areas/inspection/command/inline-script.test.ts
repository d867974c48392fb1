import { describe, expect, it } from "vitest";
import { Proposal } from "../contract.ts";
import { inspect } from "../inspect.ts";
import { shellLine } from "./shell-line.ts";

const bodyOf = (given: object) => inspect(Proposal.parse(given), { workDir: "/w" }).presentation.body;
const program = (argv: readonly string[], input = "") => bodyOf({ kind: "program", argv, input });

const script = "const a = 'it\\'s';\nconsole.log(a);\n";

describe("a script that is written out in a command", () => {
  it.each([
    [["node", "-e", script, "x"], "`node` runs 2 lines", "node -e ⟨script⟩ x"],
    [
      ["timeout", "5", "python3.12", "-Ic", script],
      "`python3.12` runs 2 lines",
      "timeout 5 python3.12 -Ic ⟨script⟩",
    ],
    [["bash", "-lc", script], "`bash` runs 2 lines", "bash -lc ⟨script⟩"],
    [["perl", "-ne", script], "`perl` runs 2 lines", "perl -ne ⟨script⟩"],
    [["/usr/bin/env", "ruby", "-e", script], "`ruby` runs 2 lines", "/usr/bin/env ruby -e ⟨script⟩"],
  ])("is shown plain, after who runs it: %j", (argv, reads, line) => {
    expect(program(argv)).toEqual({
      kind: "command",
      text: shellLine(argv),
      reads,
      inline: { line, script, input: "" },
    });
  });

  it("is what a program gets to read", () => {
    const input = Array.from({ length: 60 }, (_, i) => `step(${i});\n`).join("");
    expect(program(["node", "--input-type=module", "-"], input)).toMatchObject({
      reads: "`node` reads 60 lines",
      inline: { line: "node --input-type=module - < ⟨input⟩", script: input, input: "" },
    });
    expect(program(["make", "-sf", "-"], "all:\n")).toMatchObject({ reads: "`make` reads 1 line" });
  });

  it("names who reads a here-document", () => {
    const text = "cat > a.txt <<'A'\n1\nA\npython3 - <<'EOF'\nimport os\nprint(1)\nEOF";
    expect(bodyOf({ kind: "shell", text })).toEqual({
      kind: "command",
      text,
      reads: "`cat` reads 1 line, `python3` reads 2 lines",
    });
    expect(bodyOf({ kind: "shell", text: "a\nb\nc" })).toMatchObject({ reads: "a shell runs 3 lines" });
  });

  it("leaves other commands as they are", () => {
    for (const argv of [
      ["git", "commit", "-m", "a\nb"],
      ["node", "x.js"],
      ["bash", "-c"],
      ["grep", "-e", "x"],
    ])
      expect(program(argv)).toEqual({ kind: "command", text: shellLine(argv) });
    expect(bodyOf({ kind: "shell", text: "git status | head" })).not.toHaveProperty("reads");
  });

  it("escapes what hides in it, and its place can't be forged", () => {
    expect(program(["node", "-e", "a\u202eb\0"])).toMatchObject({ inline: { script: "a\\u202eb\\x00" } });
    expect(program(["node", "-e", "1", "⟨script⟩"])).toMatchObject({
      inline: { line: "node -e ⟨script⟩ '⟨script⟩'" },
    });
  });
});
