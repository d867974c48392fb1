import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWorkspace, swapForLink } from "./workspace.fixture.ts";
import type { WorkspaceFixture } from "./workspace.fixture.ts";

let w: WorkspaceFixture;
beforeEach(async () => {
  w = await createWorkspace();
  writeFileSync(join(w.base, "outside.txt"), "outside");
  mkdirSync(join(w.base, "work-evil"));
  writeFileSync(join(w.base, "work-evil", "x.txt"), "outside");
});
afterEach(() => w.remove());

const read = (path: string, more = {}) => w.call("read_file", { path, ...more });

describe("paths", () => {
  it.each([
    "../outside.txt",
    "a/../../outside.txt",
    "../work-evil/x.txt",
    "/etc/passwd",
    "..",
    "/proc/self/environ",
  ])("does not leave the workspace by %s", async (path) => {
    const result = await read(path);
    expect(result).toMatchObject({ isError: true });
    expect(result.content).toContain("outside of the workspace");
  });

  it("finds files by relative, absolute and roundabout paths", async () => {
    await w.put("a/b.txt", "hello");
    for (const path of ["a/b.txt", "./a//b.txt", "x/../a/b.txt", join(w.root, "a/b.txt")]) {
      expect(await read(path)).toMatchObject({
        content: "hello",
        isError: false,
        metadata: { path: "a/b.txt" },
      });
    }
  });

  it("follows links that stay inside and no others", async () => {
    await w.put("a/b.txt", "hello");
    await w.put("deploy.pem", "key");
    symlinkSync("b.txt", join(w.root, "a/in"));
    symlinkSync("a", join(w.root, "dir-in"));
    symlinkSync("../outside.txt", join(w.root, "out"));
    symlinkSync("..", join(w.root, "dir-out"));
    symlinkSync("deploy.pem", join(w.root, "notes.txt"));
    symlinkSync("nowhere", join(w.root, "dangling"));
    symlinkSync("loop", join(w.root, "loop"));
    expect((await read("a/in")).content).toBe("hello");
    expect((await read("dir-in/b.txt")).metadata?.["path"]).toBe("a/b.txt");
    for (const path of ["out", "dir-out/outside.txt", "dir-out/work-evil/x.txt"]) {
      expect((await read(path)).content).toContain("outside of the workspace");
    }
    expect((await read("notes.txt")).content).toContain("blocked");
    expect((await read("dangling")).isError).toBe(true);
    expect((await read("loop")).isError).toBe(true);
    symlinkSync("work", join(w.base, "alias"));
    expect((await read(join(w.base, "alias/a/b.txt"))).content).toBe("hello");
    expect((await w.call("list_dir", { path: join(w.base, "alias") })).content).toContain("a/");
    expect((await w.call("list_dir", { path: "dir-out" })).content).toContain("outside of the workspace");
    expect((await w.call("grep", { pattern: "outside", path: "dir-out" })).isError).toBe(true);
  });

  it.each([
    ".env",
    ".ENV.local",
    "config/.envrc",
    "id_rsa",
    "x/id_ed25519.pub",
    "server.PEM",
    "a.key",
    "Credentials",
    "credentials.json",
    "service-account-1.json",
    "my_secrets_file",
    "secrets/x.txt",
    "secret.ts",
    ".aws/config",
    ".env::$DATA",
    "id_rsa.",
    ".ssh/known_hosts",
  ])("refuses %s, which may hold secrets", async (path) => {
    await w.put(path, "TOKEN");
    const result = await read(path);
    expect(result.content).toContain("blocked");
    expect(result.content).not.toContain("TOKEN");
    const nothing = "(no matches)\n[1 entry that may hold secrets was left out]";
    expect((await w.call("grep", { pattern: "TOKEN" })).content).toBe(nothing);
    expect((await w.call("find_files", { pattern: "**/*" })).content).toBe(nothing);
    expect((await w.call("write_file", { path, content: "x", overwrite: true })).content).toContain(
      "blocked",
    );
  });

  it.each([
    "environment.ts",
    "keys.ts",
    "secretary.txt",
    "pem",
    "a/.gitignore",
    ".github/x.yml",
    "public.keys",
  ])("lets %s pass", async (path) => {
    await w.put(path, "fine");
    expect((await read(path)).content).toBe("fine");
  });

  it("never reads outside while a folder is swapped for a link and back", async () => {
    await w.put("real/x.txt", "inside");
    mkdirSync(join(w.base, "trap"));
    writeFileSync(join(w.base, "trap/x.txt"), "outside");
    const stop = await swapForLink(join(w.root, "real"), join(w.base, "trap"));
    const seen = new Set<string>();
    for (let i = 0; i < 400; i += 1) {
      seen.add((await read("real/x.txt")).content);
      seen.add((await w.call("grep", { pattern: "side", path: "real" })).content);
    }
    await stop();
    expect([...seen].filter((content) => /\boutside\b(?! of)/.test(content))).toEqual([]);
    expect(seen).toContain("inside");
  });

  it("refuses what is no regular file, without waiting for it", async () => {
    execFileSync("mkfifo", [join(w.root, "pipe")]);
    expect((await read("pipe")).content).toContain("not a regular file");
    expect((await read(".")).content).toContain("is a directory");
    expect((await read("nul\0name")).content).toContain("NUL");
    expect((await read("x".repeat(5_000))).isError).toBe(true);
  });
});

describe("read_file", () => {
  it("returns at most 2000 lines and says how to go on", async () => {
    await w.put("long.txt", Array.from({ length: 4_500 }, (_, i) => `line ${i + 1}\n`).join(""));
    const first = await read("long.txt");
    expect(first.content).toMatch(/line 2000\n\n\[lines 1-2000 of 4500\. Continue with offset 2001\.\]$/);
    const last = await read("long.txt", { offset: 4_001 });
    expect(last.content).toMatch(/^line 4001\n[\s\S]*line 4500\n$/);
    expect((await read("long.txt", { offset: 4_501 })).content).toContain("4500 lines");
    expect((await read("long.txt", { offset: 2, max_lines: 1 })).content).toMatch(/^line 2\n\n\[/);
  });

  it("returns at most 80 KiB, whole lines, and cuts only a line that is longer", async () => {
    await w.put("wide.txt", `${"é".repeat(1_000)}\n`.repeat(100));
    const result = await read("wide.txt");
    expect(Buffer.byteLength(result.content)).toBeLessThanOrEqual(80 * 1024 + 100);
    expect(result.content).toContain("[lines 1-40 of 100.");
    await w.put("one.txt", "é".repeat(100_000));
    expect((await read("one.txt", { max_bytes: 7 })).content).toBe(
      "ééé\n[line 1 is longer than max_bytes and was cut.]",
    );
  });

  it("refuses binary and huge files and reads empty ones", async () => {
    await w.put("empty", "");
    await w.put("bin", Buffer.from([1, 0, 2]));
    await w.put("huge", Buffer.alloc(21 * 1024 * 1024, "a"));
    expect(await read("empty")).toMatchObject({ content: "", isError: false });
    expect((await read("bin")).content).toContain("not text");
    expect((await read("huge")).content).toContain("too large");
  });

  it("explains wrong arguments and forgives nulls", async () => {
    await w.put("a", "x");
    expect(await w.call("read_file", {})).toMatchObject({ isError: true });
    expect((await w.call("read_file", { path: 1 })).content).toMatch(/^invalid arguments: path: /);
    expect((await w.call("read_file", { path: "a", offset: null, max_lines: null })).content).toBe("x");
  });
});

describe("list_dir, find_files, grep", () => {
  beforeEach(async () => {
    await w.put("src/one.ts", "const a = 1;\n// TODO: x\n");
    await w.put("src/deep/two.tsx", "TODO TODO\r\nnothing\n");
    await w.put("README.md", "see TODO list\n");
    await w.put(".hidden", "TODO");
    await w.put(".git/config", "TODO");
    await w.put("image.bin", Buffer.from("TODO\0"));
    await w.put("big.txt", `TODO${"x".repeat(600 * 1024)}`);
    symlinkSync(join(w.base, "outside.txt"), join(w.root, "link.txt"));
    symlinkSync("..", join(w.root, "src", "up"));
  });

  it("lists one directory: folders, sizes, no links, no .git", async () => {
    expect((await w.call("list_dir", {})).content).toBe("README.md\t14\nbig.txt\t614404\nimage.bin\t5\nsrc/");
    expect((await w.call("list_dir", { all: true })).content).toContain(".hidden\t4");
    expect((await w.call("list_dir", { all: true })).content).not.toContain(".git");
    expect((await w.call("list_dir", { path: "README.md" })).content).toContain("not a directory");
  });

  it("finds by name and by path", async () => {
    const find = async (args: object) => (await w.call("find_files", { ...args })).content;
    expect(await find({ pattern: "*.ts" })).toBe("src/one.ts");
    expect(await find({ pattern: "src/**/*.{ts,tsx}" })).toBe("src/one.ts\nsrc/deep/two.tsx");
    expect(await find({ pattern: "deep/*", path: "src" })).toBe("src/deep/two.tsx");
    expect(await find({ pattern: "*", max_results: 2 })).toMatch(
      /^\.hidden\nREADME\.md\n\[\.\.\. the first 2 matches\]$/,
    );
    expect(await find({ pattern: "config" })).toBe("(no matches)");
  });

  it("searches text by RE2, in text files of reasonable size", async () => {
    const grep = async (args: object) => (await w.call("grep", { ...args })).content;
    expect(await grep({ pattern: "TODO" })).toBe(
      ".hidden:1:TODO\nREADME.md:1:see TODO list\nsrc/one.ts:2:// TODO: x\nsrc/deep/two.tsx:1:TODO TODO",
    );
    expect(await grep({ pattern: "^TODO\\b.*$", glob: "*.tsx" })).toBe("src/deep/two.tsx:1:TODO TODO");
    expect(await grep({ pattern: "(?i)todo", path: "README.md" })).toBe("README.md:1:see TODO list");
    expect(await grep({ pattern: "(" })).toContain("not a regular expression of RE2");
    expect(await grep({ pattern: "(a+)+$(?=x)" })).toContain("not a regular expression of RE2");
  });

  it("cuts long lines at 500 bytes and stops at the limit", async () => {
    await w.put("src/wide.txt", `${"é".repeat(400)}MARK\n`.repeat(300));
    const { content, metadata } = await w.call("grep", { pattern: "MARK", path: "src" });
    const lines = content.split("\n");
    expect(lines).toHaveLength(201);
    expect(Buffer.byteLength(lines[0] ?? "")).toBeLessThan(530);
    expect(metadata).toMatchObject({ matches: 200, truncated: true });
  });

  it("stays quick with patterns and lines made to be slow", async () => {
    await w.put("src/slow.txt", `${"a".repeat(400_000)}\n`);
    const started = Date.now();
    expect((await w.call("grep", { pattern: "(a*)*(a*)*(a|aa)*b", path: "src" })).isError).toBe(false);
    await w.call("grep", { pattern: "(((a{50}){20})b)", path: "src" });
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it("stops when the run is canceled", async () => {
    const signal = AbortSignal.abort();
    const result = await w.tool("grep").execute({ pattern: "TODO" }, { ...w.context, signal });
    expect(result).toMatchObject({ isError: true, content: expect.stringContaining("canceled") as string });
  });

  it("sees nothing through a hard link to itself or a removed folder", async () => {
    linkSync(join(w.root, "README.md"), join(w.root, "second.md"));
    expect((await read("second.md")).content).toContain("TODO");
    rmSync(join(w.root, "src"), { recursive: true });
    expect((await w.call("grep", { pattern: "x", path: "src" })).content).toContain("does not exist");
  });
});
