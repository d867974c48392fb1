import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWorkspace } from "./workspace.fixture.ts";
import type { WorkspaceFixture } from "./workspace.fixture.ts";

let w: WorkspaceFixture;
const git = (...args: string[]) =>
  execFileSync(
    "git",
    ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false", ...args],
    {
      cwd: w.root,
      encoding: "utf8",
      stdio: "pipe",
    },
  );

beforeEach(async () => {
  w = await createWorkspace();
  git("init", "-q", "-b", "main");
  await w.put("a.txt", "one\n");
  git("add", ".");
  git("commit", "-qm", "first");
  git("checkout", "-qb", "feature");
  await w.put("a.txt", "two\n");
  await w.put("deep/.env", "TOKEN=1\n");
  await w.put("Secrets/x.txt", "TOKEN=2\n");
  git("add", "-f", ".");
  git("commit", "-qm", "second", "-m", "with a body");
});
afterEach(() => w.remove());

const diff = (args = {}) => w.call("git_diff_branch", args);
const log = (args = {}) => w.call("git_log_branch", args);

describe("git_diff_branch and git_log_branch", () => {
  it("compare the branch with its base", async () => {
    expect((await diff()).content).toMatch(/^diff --git a\/a\.txt[\s\S]*-one\n\+two\n$/);
    expect((await log()).content).toMatch(/^[0-9a-f]{7,} Ann {2}second\nwith a body\n\n---$/);
    expect((await log({ base: "feature" })).content).toBe("(no commits)");
    expect((await diff({ base: "HEAD~1" })).content).toContain("+two");
  });

  it("leave out files that may hold secrets", async () => {
    expect((await diff()).content).not.toContain("TOKEN");
  });

  it("ask where the repository is another one than that of the workspace", async () => {
    const isAsked = (tool: string) => w.tool(tool).permission?.isNeeded?.({}, w.context);
    expect([isAsked("git_diff_branch"), isAsked("git_log_branch")]).toEqual([false, false]);
    const other = join(w.base, "other");
    renameSync(join(w.root, ".git"), other);
    const refused = async () => {
      for (const tool of ["git_diff_branch", "git_log_branch"]) {
        expect(isAsked(tool)).toBe(true);
        expect((await w.call(tool, {})).content).toContain("outside of it");
        const inspection = await w.tool(tool).permission?.inspect({}, w.context);
        expect(inspection?.presentation.risks[0]).toMatchObject({ level: "high" });
        expect((await w.tool(tool).execute({}, { ...w.context, isPermitted: true })).isError).toBe(false);
      }
      const status = await w.tool("shell_exec").permission?.inspect({ argv: ["git", "log"] }, w.context);
      expect(status?.subject.remember).toBe("narrow");
    };
    await w.put(".git", `gitdir: ${other}\n`);
    await refused();
    rmSync(join(w.root, ".git"));
    symlinkSync(other, join(w.root, ".git"));
    await refused();
    rmSync(join(w.root, ".git"));
    await w.put(".git/HEAD", "ref: refs/heads/feature\n");
    await w.put(".git/commondir", `${other}\n`);
    expect(isAsked("git_log_branch")).toBe(true);
  });

  it("do not ask in a work tree that the other repository knows", () => {
    const tree = join(w.base, "tree");
    git("worktree", "add", "-q", tree, "main");
    const context = { ...w.context, workspace: tree };
    expect(w.tool("git_log_branch").permission?.isNeeded?.({}, context)).toBe(false);
  });

  it("cut a long diff at its beginning", async () => {
    await w.put("long.txt", "line\n".repeat(100_000));
    git("add", ".");
    git("commit", "-qm", "long");
    const { content } = await diff();
    expect(content.startsWith("diff --git")).toBe(true);
    expect(Buffer.byteLength(content)).toBeLessThan(201 * 1024);
  });

  it.each([
    "--output=made",
    "-O/tmp/x",
    "--ext-diff",
    "main --output=made",
    "main\n--output=made",
    "--end-of-options",
    "",
  ])("take no options for a base: %j", async (base) => {
    expect(await diff({ base })).toMatchObject({ isError: true });
    expect(await log({ base })).toMatchObject({ isError: true });
    expect(existsSync(join(w.root, "made"))).toBe(false);
  });

  it("say plainly what is wrong", async () => {
    expect((await diff({ base: "nope" })).content).toContain('no branch or commit "nope"');
    expect((await log({ base: "main..feature" })).isError).toBe(true);
  });

  it("run no program that the repository asks for", async () => {
    await w.put("evil.sh", `#!/bin/sh\ntouch "${w.base}/ran"\ncat "$1" 2>/dev/null\n`);
    chmodSync(join(w.root, "evil.sh"), 0o755);
    const evil = join(w.root, "evil.sh");
    for (const [name, value] of [
      ["core.fsmonitor", evil],
      ["core.pager", evil],
      ["diff.external", evil],
      ["diff.x.command", evil],
      ["diff.x.textconv", evil],
      ["filter.x.clean", evil],
      ["filter.x.smudge", evil],
      ["gpg.program", evil],
      ["log.showSignature", "true"],
      ["alias.log", `!${evil}`],
      ["pager.log", evil],
      ["core.sshCommand", evil],
    ] as const) {
      git("config", name, value);
    }
    await w.put(".gitattributes", "* diff=x filter=x\n");
    await w.put(".git/info/attributes", "* diff=x filter=x\n");
    expect((await diff()).isError).toBe(false);
    expect((await log()).isError).toBe(false);
    expect(existsSync(join(w.base, "ran"))).toBe(false);
  });
});
