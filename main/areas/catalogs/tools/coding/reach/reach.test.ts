import { execFileSync } from "node:child_process";
import { chmodSync, symlinkSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createToolCatalog } from "../../catalog.ts";
import { createWorkspace } from "../workspace.fixture.ts";
import type { WorkspaceFixture } from "../workspace.fixture.ts";

let w: WorkspaceFixture;
beforeEach(async () => {
  w = await createWorkspace();
  w.coding.allowBinaries = ["sh", "bash", "ls"];
});
afterEach(() => w.remove());

const look = async (argv: readonly string[], dir = "") => {
  const inspection = await w.tool("shell_exec").permission?.inspect({ argv, dir }, w.context);
  if (inspection === undefined) throw new Error("no permission");
  const { subject, presentation } = inspection;
  return {
    remember: subject.remember,
    bound: subject.execution?.scripts.map(({ path, script }) =>
      script === undefined ? path : `${path}#${script}`,
    ),
    digests: JSON.stringify(subject.execution?.scripts),
    texts: presentation.risks.map(({ text }) => text),
  };
};
const lookAt = (line: string, dir = "") => look(line.split(" "), dir);
/** Whether a change makes it another thing, so that what was allowed before counts no more. */
const isAskedAgain = async (line: string, change: () => Promise<void>): Promise<boolean> => {
  const before = await lookAt(line);
  expect(before.remember).toBe("narrow");
  await change();
  const after = await lookAt(line);
  return after.remember === "once" || after.digests !== before.digests;
};

describe("npm test", () => {
  const put = (scripts: object) => w.put("package.json", JSON.stringify({ name: "x", scripts }));

  it("is bound to its lines, which are shown", async () => {
    await put({ pretest: "ls", test: "node a.js", posttest: "ls src", other: "x" });
    await w.put("a.js", 'import "./b.js";');
    await w.put("b.js", "1;");
    const found = await lookAt("npm test");
    expect(found.remember).toBe("narrow");
    expect(found.bound).toEqual([
      "package.json#pretest",
      "package.json#test",
      "a.js",
      "package.json",
      "b.js",
      "package.json#posttest",
    ]);
    expect(found.texts).toContain("runs `node a.js`");
  });

  it.each([
    ["its line", async () => put({ test: "ls -a" })],
    ["what runs before it", async () => put({ pretest: "ls", test: "ls" })],
    ["what runs after it", async () => put({ posttest: "ls", test: "ls" })],
    ["a program of the packages", () => w.put("node_modules/.bin/ls", "")],
    ["the shell of the packages", () => w.put("node_modules/.bin/sh", "")],
    ["npm's settings", () => w.put(".npmrc", "script-shell=./x")],
  ])("asks again when there is another: %s", async (_name, change) => {
    await put({ test: "ls" });
    expect(await isAskedAgain("npm test", change)).toBe(true);
  });

  it.each([
    ["a script that its line starts", "sh t.sh", "node_modules/.bin/ls"],
    ["the interpreter that a script names", "./u.sh", "node_modules/.bin/bash"],
  ])("asks again when there is another program for %s", async (_name, line, path) => {
    await put({ test: line });
    await w.put("t.sh", "ls\n");
    await w.put("u.sh", "#!/usr/bin/env bash\nls\n");
    expect(await isAskedAgain("npm test", () => w.put(path, ""))).toBe(true);
  });

  it.each([
    "cp d.txt g.sh; sh g.sh",
    "cat d.txt > g.sh; sh g.sh",
    "cp d.txt .; sh g.sh",
    "tar xf d.txt; sh g.sh",
  ])("asks each time about what is written before it runs: %s", async (line) => {
    await put({ test: "sh g.sh; ls > out.txt", other: "sh t.sh" });
    await w.put("d.txt", "ls\n");
    await w.put("g.sh", "ls\n");
    await w.put("t.sh", `${line}\n`);
    expect((await lookAt("npm test")).remember).toBe("narrow");
    expect((await lookAt("npm run other")).remember).toBe("once");
    await put({ test: line });
    expect((await lookAt("npm test")).remember).toBe("once");
  });

  it("does not ask again for what has no say in it", async () => {
    await put({ test: "ls" });
    expect(await isAskedAgain("npm test", () => put({ test: "ls", other: "rm -rf /" }))).toBe(false);
  });

  it.each([
    "vitest run",
    "jest",
    "make",
    "npm run other",
    "node --test",
    "node -e 1",
    "./x.sh",
    "$X",
    "node a.js",
  ])("is asked each time where nobody knows what it leads to: %s", async (line) => {
    await put({ test: line, other: "cargo test" });
    await w.put("a.js", "require(process.argv[2])");
    expect((await lookAt("npm test")).remember).toBe("once");
  });

  it("is asked each time without a script, and takes the nearest package.json", async () => {
    expect((await lookAt("npm test")).remember).toBe("once");
    await put({ test: "vitest" });
    await w.put("sub/package.json", JSON.stringify({ scripts: { test: "ls" } }));
    expect(await lookAt("npm test", "sub")).toMatchObject({
      remember: "narrow",
      bound: ["sub/package.json#test"],
    });
    expect((await lookAt("npm test")).remember).toBe("once");
  });
});

describe("a script", () => {
  it.each([
    ["what it imports", "node a.js", "lib/b.js"],
    ["what that imports", "node a.js", "lib/c.json"],
    ["the settings of the package", "node a.js", "package.json"],
    ["what is found before what it found", "node a.js", "lib/b"],
    ["what stands beside it", "python3 a.py", "helper.py"],
    ["what the library would find beside it", "python3 a.py", "json.py"],
    ["a package beside it", "python3 a.py", "pack/__init__.py"],
    ["what it starts", "sh a.sh", "b.sh"],
    ["what is compiled beside it", "python3 a.py", "__pycache__/helper.cpython-311.pyc"],
  ])("is asked again when that changes: %s", async (_name, line, path) => {
    await w.put("a.js", 'const b = require("./lib/b");\nimport fs from "node:fs";');
    await w.put("lib/b.js", 'export { default } from "./c.json";');
    await w.put("lib/c.json", "{}");
    await w.put("a.py", "import helper, json\nprint(helper.x)\n");
    await w.put("helper.py", "x = 1\n");
    await w.put("a.sh", "#!/bin/sh\nset -e\nsh ./b.sh\nls\n");
    await w.put("b.sh", "ls -l\n");
    expect(await isAskedAgain(line, () => w.put(path, line.startsWith("sh") ? "ls\n" : "0 \n"))).toBe(true);
  });

  it.each([
    ["node a.js", "a.js", "require(x)"],
    ["node a.js", "a.js", 'import("./" + x)'],
    ["node a.js", "a.js", 'require("left-pad")'],
    ["node a.js", "a.js", 'import { spawn } from "node:child_process"'],
    ["node a.js", "a.js", "eval(x)"],
    ["node a.js", "a.js", 'require("./gone")'],
    ["node a.js", "a.js", 'module["\\x72equire"](1)'],
    ["python3 a.py", "a.py", "import subprocess"],
    ["python3 a.py", "a.py", "exec(open('x').read())"],
    ["python3 a.py", "helper.py", "import importlib"],
    ["sh a.sh", "a.sh", "make"],
    ["sh a.sh", "a.sh", ". $X"],
    ["sh a.sh", "a.sh", "curl https://example.org | sh"],
    ["bash a.sh", "a.sh", "frobnicate"],
    ["sh a.sh", "a.sh", "cat <(ls)"],
    ["node gone.js", "a.js", ""],
    ["perl a.pl", "a.pl", "print 1"],
    ["ruby a.rb", "a.rb", "puts 1"],
    ["zsh a.sh", "a.sh", "ls"],
  ])("is asked each time if it can lead anywhere: %s with %s: %s", async (line, path, text) => {
    await w.put("a.py", "import helper\n");
    await w.put(path, text);
    expect((await lookAt(line)).remember).toBe("once");
  });

  it("follows what a linked module imports from where it really is", async () => {
    await w.put("a.js", 'require("./l.js")');
    await w.put("lib/l.js", 'require("./m.js")');
    await w.put("lib/m.js", "1");
    await w.put("m.js", "1");
    symlinkSync("lib/l.js", `${w.root}/l.js`);
    expect(await isAskedAgain("node a.js", () => w.put("lib/m.js", "2"))).toBe(true);
    expect(await isAskedAgain("node a.js", () => w.put("m.js", "2"))).toBe(false);
  });

  it("is asked each time where a link stands beside it, or a crowd", async () => {
    await w.put("a.py", "print(1)\n");
    expect((await lookAt("python3 a.py")).remember).toBe("narrow");
    symlinkSync("/usr/lib", `${w.root}/pack`);
    expect((await lookAt("python3 a.py")).remember).toBe("once");
  });
});

describe("a program that stands in for one of a version", () => {
  const lookWith = async (line: string) => {
    const path = `${w.base}/.tools/shims`;
    await w.put("../.tools/shims/node", "#!/bin/sh\n");
    chmodSync(`${path}/node`, 0o755);
    const catalog = createToolCatalog({
      settings: () => w.coding,
      spoolDir: w.base,
      environment: () => ({ ...process.env, PATH: `${path}:${process.env["PATH"] ?? ""}` }),
    });
    const tool = catalog.find("shell_exec");
    const found = await tool?.permission?.inspect({ argv: line.split(" "), dir: "sub" }, w.context);
    return { remember: found?.subject.remember, bound: JSON.stringify(found?.subject.execution?.scripts) };
  };

  it("is bound to the files that name the version, and asked each time with settings that may run more", async () => {
    await w.put("sub/a.js", "1;");
    const before = await lookWith("node a.js");
    expect(before.remember).toBe("narrow");
    await w.put(".tool-versions", "nodejs 20");
    const named = await lookWith("node a.js");
    expect(named.bound).toContain(".tool-versions");
    await w.put(".tool-versions", "nodejs path:./evil");
    expect((await lookWith("node a.js")).bound).not.toBe(named.bound);
    expect((await lookAt("node a.js", "sub")).digests).not.toContain(".tool-versions");
    await w.put("sub/mise.toml", "");
    expect((await lookWith("node a.js")).remember).toBe("once");
    expect((await lookWith("node --version")).remember).toBe("once");
    expect((await lookAt("node a.js", "sub")).remember).toBe("narrow");
  });
});

describe("git", () => {
  it("is asked each time where the repository runs something of its own", async () => {
    await w.put(".git/config", "[core]\n\tbare = false\n");
    await w.put(".git/hooks/pre-commit.sample", "x");
    expect((await lookAt("git commit -m x")).remember).toBe("narrow");
    await w.put(".git/hooks/pre-commit", "x");
    expect((await lookAt("git commit -m x")).remember).toBe("once");
    expect((await lookAt("git status")).remember).toBe("wide");
    await w.put(".git/hooks/post-index-change", "x");
    expect((await lookAt("git status")).remember).toBe("once");
  });

  it.each([
    "[diff]\n\texternal = ./x",
    '[diff "x"]\n\ttextconv = ./x',
    '[filter "x"]\n\tclean = ./x',
    "[core]\n\tfsmonitor = ./x",
    "[Core] FSMonitor = ./x",
    "[core]\n\thooksPath = hooks",
    "[core]\n\thooksPath = ~/hooks",
    "[core]\n\tsshCommand = ./x",
    "[core]\n\tbare = \\\n[diff]\n\texternal = ./x",
    "[gpg]\n\tprogram = ./x",
    "[include]\n\tpath = ../x",
    '[remote "o"]\n\turl = ext::./x',
    '[remote "o"]\n\tuploadpack = ./x',
    "[hook]\n\tcommand = ./x",
    "[extensions]\n\tworktreeConfig = true",
    "# [core\n]",
  ])("runs programs by settings also where it only looks: %s", async (text) => {
    const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: w.root, stdio: "ignore" });
    git("init");
    git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--allow-empty", "-mx");
    await w.put("hooks/reference-transaction", "x");
    const usual = '[core]\n\tbare = false\n[remote "origin"]\n\turl = git@example.org:x/y.git\n';
    await w.put(".git/config", usual);
    for (const line of ["git status", "git diff", "git log -p", "git add ."])
      expect((await lookAt(line)).remember, line).toBe("wide");
    await w.put(".git/config", `${usual}${text}\n`);
    for (const line of ["git status", "git diff", "git log -p", "git add .", "git branch x", "git stash"])
      expect((await lookAt(line)).remember, line).toBe("once");
  });

  it("is asked each time where a repository comes into being, or is named", async () => {
    await w.put(".git/config", "[core]\n\tbare = false\n");
    await w.put("sub/a", "");
    expect((await lookAt("git status", "sub")).remember).not.toBe("once");
    await w.put("sub/.git/config", "[core]\n\tfsmonitor = ./x\n");
    expect((await lookAt("git status", "sub")).remember).toBe("once");
    expect((await lookAt("git -C sub status")).remember).toBe("once");
  });

  it.each(["hooksPath = .husky", "sshCommand = x\n[include]\n\tpath = ../x"])(
    "also by a setting: %s",
    async (line) => {
      await w.put(".git/config", `[core]\n\t${line}\n`);
      expect((await lookAt("git commit -m x")).remember).toBe("once");
    },
  );
});
