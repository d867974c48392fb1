import { linkSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { createWorkspace } from "./workspace.fixture.ts";
import type { WorkspaceFixture } from "./workspace.fixture.ts";
import { keepPrivate } from "./files/private-places.ts";

let w: WorkspaceFixture;
beforeEach(async () => {
  w = await createWorkspace();
});
afterEach(() => w.remove());

const permitted = () => ({ ...w.context, isPermitted: true as const });
const isAsked = (tool: string, args: object) =>
  w.tool(tool).permission?.isNeeded?.({ ...args }, w.context) ?? true;

describe("what may hold secrets", () => {
  it.each([
    ".env",
    "prod.env",
    ".git/config",
    ".docker/config.json",
    ".config/gh/hosts.yml",
    ".claude/.credentials.json",
    ".cargo/credentials.toml",
    ".bash_history",
    "terraform.tfstate",
    ".codex/auth.json",
  ])("is asked for, and read when a person allowed that: %s", async (path) => {
    await w.put(path, "TOKEN");
    await w.put("plain.txt", "TOKEN");
    for (const tool of ["read_file", "grep"]) {
      const args = tool === "grep" ? { path, pattern: "TOKEN" } : { path };
      expect(isAsked(tool, args)).toBe(true);
      expect(isAsked(tool, { ...args, path: "plain.txt" })).toBe(false);
      expect((await w.call(tool, args)).content).toContain("blocked");
      expect((await w.tool(tool).execute(args, permitted())).content).toContain("TOKEN");
    }
    const inspection = await w.tool("read_file").permission?.inspect({ path }, w.context);
    expect(inspection?.subject).toMatchObject({ action: "read_secret", remember: "once" });
    expect(inspection?.presentation.risks[0]).toMatchObject({ kind: "reads", level: "high" });
    const before = await w.tool("read_file").permission?.subject({ path }, w.context);
    await w.put(path, "OTHER");
    expect((await w.tool("read_file").permission?.subject({ path }, w.context))?.state).not.toBe(
      before?.state,
    );
  });

  it("is found where links lead, of both kinds", async () => {
    await w.put(".env", "TOKEN");
    symlinkSync(".env", join(w.root, "soft.txt"));
    expect(isAsked("read_file", { path: "soft.txt" })).toBe(true);
    expect((await w.call("read_file", { path: "soft.txt" })).content).not.toContain("TOKEN");
  });

  it("is left out of searches and lists, which say how much", async () => {
    for (const path of [".env", "a/prod.env", "a/key.pem", "a/b/.npmrc"]) await w.put(path, "TOKEN");
    await w.put("a/plain.txt", "TOKEN");
    const found = await w.call("grep", { pattern: "TOKEN" });
    expect(found.content).toBe("a/plain.txt:1:TOKEN\n[4 entries that may hold secrets were left out]");
    expect(found.metadata).toMatchObject({ left_out: 4 });
    expect((await w.call("find_files", { pattern: "*" })).metadata).toMatchObject({ left_out: 4 });
    expect((await w.call("list_dir", { path: "a" })).content).toBe(
      "b/\nplain.txt\t5\n[2 entries that may hold secrets were left out]",
    );
  });

  it("does not make anything else ask, nor what can't be read at all", () => {
    for (const path of ["x.txt", "../.env", "none/.env", ".", ""])
      expect(isAsked("read_file", { path })).toBe(false);
  });
});

describe("hard links", () => {
  it("to Gatehouse's own files are refused, also with a permission and after a replacement", async () => {
    const own = join(w.base, "own");
    await w.put("../own/daemon.json", "t0ken");
    keepPrivate(own);
    linkSync(join(own, "daemon.json"), join(w.root, "notes.txt"));
    const refused = async (path: string) => {
      for (const context of [w.context, permitted()]) {
        const result = await w.tool("read_file").execute({ path }, context);
        expect(result).toMatchObject({ isError: true });
        expect(result.content).toContain("belongs to Gatehouse itself");
      }
      expect(isAsked("read_file", { path })).toBe(false);
    };
    await refused("notes.txt");
    expect((await w.call("grep", { pattern: "t0ken" })).content).toBe("(no matches)");
    // A new file takes the place of the old one.
    writeFileSync(join(own, "new"), "t0ken2");
    renameSync(join(own, "new"), join(own, "daemon.json"));
    linkSync(join(own, "daemon.json"), join(w.root, "more.txt"));
    await refused("more.txt");
  });

  it("to secrets of the workspace are asked for, left out of searches and named in commands", async () => {
    await w.put("conf/.env", "TOKEN");
    await w.put("a.ts", "TOKEN");
    linkSync(join(w.root, "conf/.env"), join(w.root, "notes.txt"));
    linkSync(join(w.root, "a.ts"), join(w.root, "b.ts"));
    expect(isAsked("read_file", { path: "notes.txt" })).toBe(true);
    expect(isAsked("read_file", { path: "b.ts" })).toBe(false);
    expect((await w.call("read_file", { path: "notes.txt" })).content).toContain("the same file as");
    expect((await w.call("grep", { pattern: "TOKEN" })).content).not.toContain("notes.txt");
    const look = await w.tool("shell_exec").permission?.inspect({ argv: ["cat", "notes.txt"] }, w.context);
    expect(look?.presentation.risks[0]).toMatchObject({
      level: "high",
      text: "touches passwords and tokens of a project",
    });
  });

  it("to secrets at home are asked for and left out of searches", async () => {
    const home = process.env["HOME"];
    process.env["HOME"] = w.base;
    onTestFinished(() => {
      process.env["HOME"] = home;
    });
    expect(homedir()).toBe(w.base);
    expect(w.base.startsWith(tmpdir())).toBe(true);
    await w.put("../.ssh/id_ed25519", "TOKEN");
    linkSync(join(w.base, ".ssh", "id_ed25519"), join(w.root, "notes.txt"));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(isAsked("read_file", { path: "notes.txt" })).toBe(true);
    expect((await w.call("read_file", { path: "notes.txt" })).content).not.toContain("TOKEN");
    expect((await w.call("grep", { pattern: "TOKEN" })).metadata).toMatchObject({ matches: 0, left_out: 1 });
    expect((await w.tool("read_file").execute({ path: "notes.txt" }, permitted())).content).toBe("TOKEN");
  });
});

describe("commands", () => {
  const lookAt = async (argv: string[]) => w.tool("shell_exec").permission?.inspect({ argv }, w.context);
  const remembered = async (argv: string[]) => (await lookAt(argv))?.subject.remember;

  it("are high where a link of either kind, or a folder, has secrets", async () => {
    w.coding.allowBinaries = ["cat", "grep", "tar", "cp"];
    await w.put("src/a.txt", "x");
    for (const argv of [
      ["grep", "-r", "x", "."],
      ["cat", "src/a.txt"],
    ])
      expect(await remembered(argv)).toBe("wide");
    await w.put("src/prod.env", "TOKEN");
    symlinkSync("src/prod.env", join(w.root, "soft.txt"));
    for (const argv of [
      ["grep", "-r", "x", "."],
      ["cat", "soft.txt"],
      ["tar", "cf", "x.tar", "src"],
      ["cp", "-r", "src", "copy"],
    ]) {
      const inspection = await lookAt(argv);
      expect(inspection?.subject.remember, argv.join(" ")).not.toBe("wide");
      expect(inspection?.presentation.risks[0]?.level).toBe("high");
    }
    expect(await remembered(["grep", "x", "src/a.txt"])).toBe("wide");
  });

  it("count the settings of a repository where they hold a login", async () => {
    await w.put(".git/config", "[core]\n\tbare = false\n");
    expect(await remembered(["grep", "-r", "x", "."])).toBe("wide");
    await w.put(".git/config", '[remote "origin"]\n\turl = https://ann:t0ken@example.org/x.git\n');
    expect(await remembered(["grep", "-r", "x", "."])).toBe("narrow");
  });

  it("never get at Gatehouse's own files by a word", async () => {
    const own = join(w.base, "own");
    await w.put("../own/daemon.json", "t0ken");
    keepPrivate(own);
    linkSync(join(own, "daemon.json"), join(w.root, "notes.txt"));
    symlinkSync(own, join(w.root, "folder"));
    for (const argv of [
      ["cat", join(own, "daemon.json")],
      ["cat", "notes.txt"],
      ["cat", "folder/daemon.json"],
      ["cat", "../own/daemon.json"],
      ["git", `--git-dir=${own}`, "status"],
    ]) {
      const result = await w.call("shell_exec", { argv });
      expect(result, argv.join(" ")).toMatchObject({ isError: true });
      expect(result.content).toContain("belongs to Gatehouse itself");
    }
  });
});
