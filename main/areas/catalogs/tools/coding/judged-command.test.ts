import { copyFileSync, mkdirSync, renameSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtSupervisor } from "../../../../kernel/supervisor/built.ts";
import type { Subject } from "../../../inspection/contract.ts";
import { sha256 } from "../../../inspection/digest.ts";
import type { Tool, ToolArguments } from "../tool.ts";
import { createShellExec } from "./shell-exec.ts";
import { startSwapping } from "./swapping.fixture.ts";
import { createWorkspace } from "./workspace.fixture.ts";
import type { WorkspaceFixture } from "./workspace.fixture.ts";

/** Starts in each race; more of them take more time and find nothing else. */
const STARTS = Number(process.env["SWAP_STARTS"] ?? 150);
const NOT_RUN = /changed after it was allowed|changed while it was being opened|outside of the workspace/;

let w: WorkspaceFixture;
let shell: Tool;
beforeEach(async () => {
  w = await createWorkspace();
  shell = w.tool("shell_exec");
});
afterEach(() => w.remove());

const judge = async (args: ToolArguments, tool = shell): Promise<Subject> => {
  const subject = await tool.permission?.subject(args, w.context);
  if (subject === undefined) throw new Error("it asks for no permission");
  return subject;
};
const runJudged = (args: ToolArguments, judged: Subject, tool = shell) =>
  tool.execute(args, { ...w.context, judged });
const printed = (content: string) => /stdout:\n(.*)\n/.exec(content)?.[1] ?? null;

describe("a command that was judged", () => {
  it("runs as long as everything is as it was", async () => {
    await w.put("x.sh", "echo one");
    const args = { argv: ["sh", "x.sh"] };
    const judged = await judge(args);
    expect(printed((await runJudged(args, judged)).content)).toBe("one");
    await w.put("x.sh", "echo two");
    expect((await runJudged(args, judged)).content).toMatch(NOT_RUN);
    await w.put("x.sh", "echo one");
    expect(printed((await runJudged(args, judged)).content)).toBe("one");
  });

  it("does not run when what it leads to has changed: a module, or a line of package.json", async () => {
    await w.put("a.js", 'import "./b.js";');
    await w.put("b.js", "console.log('one');");
    const node = { argv: ["node", "a.js"] };
    const seen = await judge(node);
    expect(printed((await runJudged(node, seen)).content)).toBe("one");
    await w.put("b.js", "console.log('two');");
    expect((await runJudged(node, seen)).content).toMatch(NOT_RUN);

    const put = (test: string, other: string) =>
      w.put("package.json", JSON.stringify({ scripts: { test, other } }));
    await put("echo one", "x");
    const npm = { argv: ["npm", "--silent", "test"] };
    const judged = await judge(npm);
    expect(judged.execution?.scripts).toMatchObject([{ script: "test" }]);
    await put("echo one", "y");
    expect(printed((await runJudged(npm, judged)).content)).toBe("one");
    await put("echo two", "y");
    expect((await runJudged(npm, judged)).content).toMatch(NOT_RUN);
  });

  it("does not run a script that nobody has seen, because it was not there", async () => {
    const args = { argv: ["sh", "x.sh"] };
    const judged = await judge(args);
    expect((await runJudged(args, judged)).content).toBe('"x.sh" does not exist');
    await w.put("x.sh", "echo unseen");
    expect((await runJudged(args, judged)).content).toMatch(NOT_RUN);
    const written = { argv: ["sh", "-c", "echo 'echo own' > y.sh; sh y.sh"] };
    expect(printed((await runJudged(written, await judge(written))).content)).toBe("own");
  });

  it("does not run in another folder of the same name", async () => {
    await w.put("sub/which", "judged");
    const args = { argv: ["cat", "which"], dir: "sub" };
    const judged = await judge(args);
    renameSync(join(w.root, "sub"), join(w.root, "moved"));
    await w.put("sub/which", "other");
    expect((await runJudged(args, judged)).content).toMatch(NOT_RUN);
  });

  it("does not run another file in the place of a program, nor of one behind a wrapper", async () => {
    const bin = join(w.base, "bin");
    mkdirSync(bin);
    const tool = createShellExec({
      allowedBinaries: () => ["env", "tool"],
      environment: () => ({ PATH: `${bin}:/usr/bin:/bin` }),
      spoolDir: join(w.base, "spool"),
    });
    for (const argv of [["tool"], ["env", "A=1", "tool"]]) {
      writeFileSync(join(bin, "tool"), "#!/bin/sh\necho one\n", { mode: 0o755 });
      const judged = await judge({ argv }, tool);
      expect(printed((await runJudged({ argv }, judged, tool)).content)).toBe("one");
      writeFileSync(join(bin, "tool"), "#!/bin/sh\necho two\n");
      expect((await runJudged({ argv }, judged, tool)).content).toMatch(NOT_RUN);
    }
  });

  it("sees its own place if it looks at that, and else can't be changed while it runs", async () => {
    await w.put("sub/own.sh", 'echo "$0"; sleep 0');
    const own = { argv: ["sh", "own.sh"], dir: "sub" };
    expect(printed((await runJudged(own, await judge(own))).content)).toBe("own.sh");
    const growing = "sleep 0.3\necho end\n";
    await w.put("grows.sh", growing);
    const args = { argv: ["sh", "grows.sh"] };
    const result = runJudged(args, await judge(args));
    setTimeout(() => writeFileSync(join(w.root, "grows.sh"), `${growing}echo more\n`), 100);
    if (builtSupervisor() !== null) expect((await result).content).not.toContain("more");
    expect((await result).content).toContain("end");
  });
});

interface Race {
  readonly args: ToolArguments;
  /** What is swapped for what meanwhile. */
  readonly swapped: readonly [string, ...string[]];
  /** What has to be printed if it runs. */
  readonly expected: (judged: Subject) => string;
  readonly tool?: Tool;
  readonly starts?: number;
}

/** Starts it again and again. Anything that runs and is not what was judged is a failure. */
async function race({ args, swapped: [path, ...others], expected, tool = shell, starts = STARTS }: Race) {
  let [ran, refused] = [0, 0];
  const met = new Set<string>();
  const end = startSwapping(path, others);
  try {
    for (let start = 0; start < starts; start += 1) {
      const judged = await judge(args, tool);
      met.add(expected(judged));
      const { content } = await runJudged(args, judged, tool);
      const output = printed(content);
      if (output === null) {
        expect(content).toMatch(/changed|outside|does not exist|not a directory|not installed|link/);
        refused += 1;
      } else {
        expect(output).toBe(expected(judged));
        ran += 1;
      }
    }
  } finally {
    await end();
  }
  process.stdout.write(`${ran} ran as judged, ${refused} were refused\n`);
  // It was a race, and not all of it was refused.
  expect(met.size).toBeGreaterThan(1);
  expect(ran).toBeGreaterThan(0);
}

describe.runIf(builtSupervisor() !== null)("while things are swapped", () => {
  it("runs in the folder that was judged, or not at all", { timeout: 600_000 }, async () => {
    await w.put("sub/which", "sub");
    await w.put("other/which", "other");
    const outside = join(w.base, "outside");
    mkdirSync(outside);
    writeFileSync(join(outside, "which"), "outside");
    symlinkSync(outside, join(w.root, "out"));
    symlinkSync("other", join(w.root, "in"));
    const folderIn = ({ state = "" }: Subject) => /\/(\w+)\n/.exec(state)?.[1] ?? "";
    await race({
      args: { argv: ["cat", "which"], dir: "sub" },
      swapped: [join(w.root, "sub"), join(w.root, "out"), join(w.root, "in")],
      expected: folderIn,
    });
  });

  it.each([
    ["sh", "echo %", STARTS],
    // Takes its time to start.
    ["python3", "import json\nprint('%')", STARTS / 5],
  ])(
    "runs the bytes that were judged, or nothing: %s",
    { timeout: 600_000 },
    async (program, text, starts) => {
      const names = ["a", "b", "c"];
      const texts = new Map(names.map((name) => [name, text.replace("%", name)]));
      for (const [name, script] of texts) await w.put(name === "a" ? "script" : name, script);
      const digests = new Map([...texts].map(([name, script]) => [sha256(script), name]));
      const bytesOf = ({ execution }: Subject) => digests.get(execution?.scripts[0]?.digest ?? "") ?? "";
      await race({
        args: { argv: [program, "script"] },
        swapped: [join(w.root, "script"), join(w.root, "b"), join(w.root, "c")],
        expected: bytesOf,
        starts,
      });
    },
  );

  it("runs the program that was judged, or none", { timeout: 600_000 }, async () => {
    const bin = join(w.base, "bin");
    mkdirSync(bin);
    copyFileSync("/usr/bin/basename", join(bin, "tool"));
    copyFileSync("/usr/bin/dirname", join(bin, "other"));
    const output = new Map([
      [String(statSync(join(bin, "tool")).ino), "b"],
      [String(statSync(join(bin, "other")).ino), "a"],
    ]);
    const tool = createShellExec({
      allowedBinaries: () => ["tool"],
      environment: () => ({ PATH: bin }),
      spoolDir: join(w.base, "spool"),
    });
    const programIn = ({ state = "" }: Subject) => output.get(/tool \d+:(\d+):/.exec(state)?.[1] ?? "") ?? "";
    await race({
      args: { argv: ["tool", "a/b"] },
      swapped: [join(bin, "tool"), join(bin, "other")],
      expected: programIn,
      tool,
    });
  });
});
