import { execFileSync } from "node:child_process";
import { utimesSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWorkspace } from "./workspace.fixture.ts";
import type { WorkspaceFixture } from "./workspace.fixture.ts";

let w: WorkspaceFixture;
beforeEach(async () => {
  w = await createWorkspace();
  git("init", "-q", "-b", "main");
  git("config", "core.hooksPath", "/dev/null");
  git("config", "--unset", "core.hooksPath");
  await w.put("src/a.ts", "1\n");
  await commit("first");
});
afterEach(() => w.remove());

const git = (...args: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.org", ...args], {
    cwd: w.root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    env: { PATH: process.env["PATH"] ?? "", HOME: w.base, GIT_CONFIG_NOSYSTEM: "1" },
  });
const commit = (subject: string) => {
  git("add", "-A");
  git("commit", "-qm", subject);
  return Promise.resolve();
};

const look = async (line: string, dir = "") => {
  const found = await w.tool("shell_exec").permission?.inspect({ argv: line.split(" "), dir }, w.context);
  if (found === undefined) throw new Error("no permission");
  const { subject, presentation } = found;
  const [worst] = presentation.risks;
  return {
    remember: subject.remember,
    fingerprint: subject.fingerprint,
    level: worst?.level,
    why: worst?.why,
  };
};

const silent = { remember: "wide", level: "low" };
const named = (path: string) => ({
  remember: "narrow",
  level: "high",
  why: expect.stringContaining(path) as string,
});

/** Each of them prints what is in every tracked file, or in all that the last commit brought. */
const printing = [
  "git log -p",
  "git log -p --all",
  "git log -U1 -5",
  "git log --stat -p -1",
  "git log -p HEAD~1..HEAD",
  "git show",
  "git show HEAD",
  "git show main",
  "git show -5 HEAD~0",
  "git show --branches",
  "git diff HEAD~1: HEAD:",
  "git grep PASS HEAD:conf",
  "git range-diff HEAD~1..HEAD HEAD~2..HEAD~1",
  "git diff HEAD~1",
  "git diff HEAD~1 HEAD",
  "git diff HEAD~1...HEAD",
  "git diff --stat --patch HEAD~1",
  "git diff-tree -p HEAD",
  "git grep PASS",
  "git grep -n PASS HEAD",
  "git whatchanged -p",
  "git reflog show -p",
  "git log -p --follow src/a.ts",
  "git log -L1,1:src/a.ts",
  "git grep -e PASS -- . src",
];
/** These print names and numbers, or other files. */
const harmless = [
  "git status",
  "git log",
  "git log --stat",
  "git log -p -- src",
  "git log -p -1 src/a.ts",
  "git show --stat",
  "git show --name-only HEAD",
  "git show HEAD~1",
  "git show HEAD:src/a.ts",
  "git diff",
  "git diff src",
  "git diff --stat HEAD~1",
  "git diff HEAD~1 -- src",
  "git diff --cached",
  "git grep -l PASS",
  "git grep -c PASS",
  "git grep PASS -- src",
  "git ls-files",
  "git ls-tree -r HEAD",
  "git cat-file -p HEAD",
  "git cat-file -t HEAD:.env",
  "git log --oneline --name-status",
];

describe("where there is no repository", () => {
  it("nothing is printed, but what git is told to compare", async () => {
    await rm(join(w.root, ".git"), { recursive: true });
    for (const line of ["git diff", "git log -p", "git show", "git grep PASS"])
      expect(await look(line), line).toMatchObject(silent);
    expect(await look("git diff one two")).toMatchObject({ remember: "narrow", level: "medium" });
    expect(await look("git diff -- one two")).toMatchObject({ remember: "narrow", level: "medium" });
  });
});

describe("git commands that print what is in files", () => {
  it("say which secrets, and no grant for every command covers them", async () => {
    for (const line of [...printing, ...harmless.slice(0, -2)]) {
      if (!/~1|:conf|:\.env/.test(line)) expect(await look(line), line).toMatchObject(silent);
    }
    await w.put("conf/.env", "PASS=1\n");
    await commit("second");
    for (const line of printing)
      expect(await look(line), line).toMatchObject(named(line.endsWith(":conf") ? ".env" : "conf/.env"));
    expect(await look("git -C src log -p")).toMatchObject({ ...named("conf/.env"), remember: "once" });
    for (const line of harmless.filter((one) => !one.includes(".env")))
      expect(await look(line), line).toMatchObject(silent);
  });

  it("are no longer what was allowed once there are others", async () => {
    const before = await look("git log -p");
    await w.put(".env", "PASS=1\n");
    await commit("second");
    const after = await look("git log -p");
    expect(after.fingerprint).not.toBe(before.fingerprint);
    await w.put("b.ts", "");
    await commit("third");
    expect((await look("git log -p")).fingerprint).toBe(after.fingerprint);
    await w.put("server.key", "x");
    await commit("fourth");
    expect((await look("git log -p")).fingerprint).not.toBe(after.fingerprint);
  });

  it("know of secrets that only history has", async () => {
    await w.put(".env", "PASS=1\n");
    await commit("second");
    git("rm", "-q", ".env");
    await commit("third");
    await w.put("b.ts", "");
    await commit("fourth");
    for (const line of ["git log -p", "git show HEAD~1", "git diff HEAD~2", "git log -p -2"])
      expect(await look(line), line).toMatchObject(named(".env"));
    for (const line of ["git show", "git log -p -1", "git diff HEAD~1", "git grep PASS"])
      expect(await look(line), line).toMatchObject(silent);
    expect(await look("git grep PASS HEAD~2")).toMatchObject(named(".env"));
    expect(await look("git archive HEAD~2")).toMatchObject({ ...named(".env"), remember: "once" });
  });

  it("know of what is stashed, and of what only the reflog still leads to", async () => {
    await w.put(".env", "PASS=1\n");
    git("add", ".env");
    expect(await look("git diff --cached")).toMatchObject(named(".env"));
    expect(await look("git status -v")).toMatchObject(named(".env"));
    git("stash");
    expect(await look("git stash show -p")).toMatchObject(named(".env"));
    expect(await look("git stash show -p 0")).toMatchObject(named(".env"));
    expect(await look("git stash list -p")).toMatchObject(named(".env"));
    expect(await look("git stash show")).toMatchObject({ level: "low" });
    git("stash", "pop", "-q");
    await commit("second");
    git("reset", "-q", "--hard", "HEAD~1");
    expect(await look("git log -p")).toMatchObject(silent);
    expect(await look("git log -p -g")).toMatchObject(named(".env"));
    expect(await look("git reflog show -p")).toMatchObject(named(".env"));
  });

  it("know what a hash stands for, or say that they don't", async () => {
    await w.put(".env", "PASS=1\n");
    await commit("second");
    const secret = git("rev-parse", "HEAD:.env").trim();
    const other = git("rev-parse", "HEAD:src/a.ts").trim();
    git("tag", "innocent", secret);
    git("tag", "-a", "-m", "x", "annotated", secret);
    for (const word of [secret, secret.slice(0, 8), "innocent", "annotated"])
      for (const line of [`git show ${word}`, `git cat-file -p ${word}`, `git diff ${other} ${word}`])
        expect(await look(line), line).toMatchObject(named(".env"));
    expect(await look(`git cat-file -p ${other}`)).toMatchObject(silent);
    const loose = execFileSync("git", ["hash-object", "-w", "--stdin"], { cwd: w.root, input: "PASS=2" });
    expect(await look(`git show ${loose.toString().trim()}`)).toMatchObject({
      remember: "narrow",
      level: "medium",
      why: expect.stringContaining("could not look through") as string,
    });
    expect(await look("git for-each-ref --format=%(raw)")).toMatchObject({ remember: "once" });
    expect(await look("git log -p --stdin")).toMatchObject({ remember: "narrow", level: "medium" });
  });

  it("print what was changed and is not staged, whatever its times say", async () => {
    await w.put(".env", "PASS=1\n");
    await commit("second");
    expect(await look("git diff")).toMatchObject(silent);
    const before = git("log", "-1", "--format=%ct");
    await writeFile(join(w.root, ".env"), "PASS=2\n");
    utimesSync(join(w.root, ".env"), Number(before), Number(before));
    expect(await look("git diff")).toMatchObject(named(".env"));
    expect(await look("git diff -- src")).toMatchObject(silent);
    expect(await look("git diff src")).toMatchObject(silent);
    expect(await look("git diff --stat")).toMatchObject(silent);
    expect(await look("git diff .", "src")).toMatchObject({ level: "low" });
    expect(await look("git diff ..", "src")).not.toMatchObject({ level: "low" });
    // Its times have changed, and it says what it said.
    await writeFile(join(w.root, ".env"), "PASS=1\n");
    expect(await look("git diff")).toMatchObject(silent);
  });

  it("read folders that they compare without a repository", async () => {
    await w.put("one/.env", "PASS=1\n");
    await w.put("two/x", "");
    expect(await look("git diff --no-index one two")).toMatchObject(named(".env"));
    expect(await look(`git diff one ${w.base}`)).toMatchObject({ level: "high" });
  });
});
