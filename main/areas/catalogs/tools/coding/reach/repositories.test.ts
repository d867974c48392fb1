import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWorkspace } from "../workspace.fixture.ts";
import type { WorkspaceFixture } from "../workspace.fixture.ts";

let w: WorkspaceFixture;
beforeEach(async () => {
  w = await createWorkspace();
  git("init", "-q");
  await w.put("a.txt", "a\n");
  git("add", "a.txt");
  git("commit", "-qm", "first");
});
afterEach(() => w.remove());

const gitIn = (folder: string, ...args: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.org", ...args], {
    cwd: join(w.root, folder),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    env: { PATH: process.env["PATH"] ?? "", HOME: w.base, GIT_CONFIG_NOSYSTEM: "1" },
  });
const git = (...args: readonly string[]): string => gitIn(".", ...args);

const remember = async (line: string, dir = "") => {
  const found = await w.tool("shell_exec").permission?.inspect({ argv: line.split(" "), dir }, w.context);
  return found?.subject.remember;
};

/** A repository in a folder, which the one above knows. */
async function withSubmodule(path: string, above = "."): Promise<void> {
  await w.put(`${path}/b.txt`, "b\n");
  gitIn(path, "init", "-q");
  gitIn(path, "add", ".");
  gitIn(path, "commit", "-qm", "below");
  gitIn(above, "add", relative(above, path));
}

const looking = ["git status", "git diff", "git add .", "git submodule status"];

describe("a repository within the repository", () => {
  it("is asked each time where git would run what its settings name", async () => {
    await withSubmodule("deep/sub");
    for (const line of looking) expect(await remember(line), line).toBe("wide");
    await w.put("evil.sh", `#!/bin/sh\ntouch ${w.base}/ran\n`);
    gitIn("deep/sub", "config", "core.fsmonitor", `sh ${w.root}/evil.sh`);
    for (const line of looking) expect(await remember(line), line).toBe("once");
    // This is what it would have been.
    git("status");
    expect(existsSync(join(w.base, "ran"))).toBe(true);
  });

  it.each([
    ["a hook", (path: string) => w.put(`${path}/.git/hooks/post-index-change`, "x")],
    ["another work tree", (path: string) => gitIn(path, "config", "core.worktree", "/tmp")],
    [
      "settings of the work tree",
      (path: string) => gitIn(path, "config", "extensions.worktreeConfig", "true"),
    ],
    ["settings elsewhere", (path: string) => gitIn(path, "config", "include.path", "../x")],
    ["a differ", (path: string) => gitIn(path, "config", "diff.x.textconv", "./x")],
  ])("is asked each time with %s", async (_name, change) => {
    await withSubmodule("sub");
    expect(await remember("git status")).toBe("wide");
    await change("sub");
    expect(await remember("git status")).toBe("once");
  });

  it("is followed into the next one", async () => {
    await withSubmodule("sub");
    await withSubmodule("sub/inner", "sub");
    expect(await remember("git status")).toBe("wide");
    gitIn("sub/inner", "config", "core.fsmonitor", "./x");
    expect(await remember("git status")).toBe("once");
  });

  it("may have its data with the one above, as submodules have, and counts where it is only fetched", async () => {
    await withSubmodule("sub");
    await w.put(".gitmodules", '[submodule "sub"]\n\tpath = sub\n\turl = ./sub\n');
    git("submodule", "absorbgitdirs");
    expect(existsSync(join(w.root, ".git/modules/sub/config"))).toBe(true);
    expect([await remember("git status"), await remember("git fetch")]).toEqual(["wide", "narrow"]);
    git("config", "--file", ".git/modules/sub/config", "core.sshCommand", "./x");
    expect([await remember("git status"), await remember("git fetch")]).toEqual(["once", "once"]);
    await w.put("sub/.git", "");
    git("update-index", "--force-remove", "sub");
    expect([await remember("git status"), await remember("git fetch")]).toEqual(["wide", "once"]);
  });

  it("makes no difference where git does not enter it", async () => {
    await w.put("loose/b.txt", "b\n");
    gitIn("loose", "init", "-q");
    gitIn("loose", "config", "core.fsmonitor", "./x");
    expect(await remember("git status")).toBe("wide");
    expect(await remember("git status", "loose")).toBe("once");
  });

  it("is found in every kind of index", async () => {
    await withSubmodule("sub");
    gitIn("sub", "config", "core.fsmonitor", "./x");
    for (const kind of [["--index-version", "4"], ["--split-index"], ["--untracked-cache"]]) {
      git("update-index", ...kind);
      expect(await remember("git status"), kind.join(" ")).toBe("once");
    }
    await w.put(".git/index", "DIRC and no index at all");
    expect(await remember("git status")).toBe("once");
  });
});

describe("a repository without a folder of its own for git", () => {
  it("is asked each time, wherever it stands", async () => {
    await w.put("plain/b.txt", "");
    expect(await remember("git log", "plain")).not.toBe("once");
    gitIn("plain", "init", "-q", "--bare", ".");
    expect(await remember("git log", "plain")).toBe("once");
    await w.put("plain/below/b.txt", "");
    expect(await remember("git log", "plain/below")).toBe("once");
  });

  it("does not hide the one above behind what only looks like one", async () => {
    await w.put("plain/.git/config", "[core]\n\tbare = false\n");
    expect(await remember("git log", "plain")).not.toBe("once");
    git("config", "core.pager", "./x");
    expect(await remember("git log", "plain")).toBe("once");
  });
});
