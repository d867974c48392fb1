import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
  mkdirSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { replaceFile } from "./replace-file.ts";

let folder: string;
let path: string;
const mode = (of: string) => statSync(of).mode & 0o777;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-replace-"));
  path = join(folder, "file.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("replaceFile", () => {
  test("is for its owner alone, whatever was there and whatever the umask says", async () => {
    const umask = process.umask(0);
    try {
      writeFileSync(path, "old", { mode: 0o666 });
      await replaceFile(path, "new");
    } finally {
      process.umask(umask);
    }
    expect([readFileSync(path, "utf8"), mode(path), readdirSync(folder)]).toEqual([
      "new",
      0o600,
      ["file.json"],
    ]);
  });

  test("nobody else can read it on the way either", async () => {
    const modes = new Set<number>();
    const watcher = watch(folder, (_event, name) => {
      const seen = join(folder, String(name));
      if (existsSync(seen)) modes.add(mode(seen));
    });
    const umask = process.umask(0);
    try {
      for (let i = 0; i < 20; i += 1) await replaceFile(path, "x".repeat(100_000));
    } finally {
      process.umask(umask);
      watcher.close();
    }
    expect([...modes]).toEqual([0o600]);
  });

  test("takes the place of a link and leaves alone what it leads to", async () => {
    const other = join(folder, "other");
    writeFileSync(other, "theirs");
    symlinkSync(other, path);
    await replaceFile(path, "new");
    expect([lstatSync(path).isSymbolicLink(), readFileSync(other, "utf8")]).toEqual([false, "theirs"]);
  });

  test("goes through a link where a person keeps one", async () => {
    mkdirSync(join(folder, "dotfiles"));
    const real = join(folder, "dotfiles", "real.json");
    writeFileSync(real, "old");
    symlinkSync(real, path);
    await replaceFile(path, "new", { throughLink: true });
    expect([lstatSync(path).isSymbolicLink(), readFileSync(real, "utf8")]).toEqual([true, "new"]);
    expect(readdirSync(join(folder, "dotfiles"))).toEqual(["real.json"]);
  });

  test("a reader sees the old text or the new one", async () => {
    const texts = ["a", "b"].map((letter) => letter.repeat(200_000));
    await replaceFile(path, texts[0] ?? "");
    let isDone = false;
    const reading = (async () => {
      while (!isDone) {
        expect(texts).toContain(readFileSync(path, "utf8"));
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    for (let i = 0; i < 20; i += 1) await replaceFile(path, texts[i % 2] ?? "");
    isDone = true;
    await reading;
  });

  test("that fails leaves nothing behind and the old as it was", async () => {
    mkdirSync(path);
    writeFileSync(join(path, "inside"), "kept");
    await expect(replaceFile(path, "new")).rejects.toThrow();
    await expect(replaceFile(join(folder, "gone", "file"), "new")).rejects.toMatchObject({ code: "ENOENT" });
    expect([readdirSync(folder), readFileSync(join(path, "inside"), "utf8")]).toEqual([
      ["file.json"],
      "kept",
    ]);
  });
});
