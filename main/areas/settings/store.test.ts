import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { settingsSections } from "../index.ts";
import { createSettingsParser } from "./file.ts";
import { createSettingsStore } from "./store.ts";

describe.runIf(process.platform !== "win32")("what is no file of settings", () => {
  test.each([
    ["a pipe that nobody writes to", (path: string) => void execFileSync("mkfifo", [path]), "it is no file"],
    ["a device without an end", (path: string) => symlinkSync("/dev/zero", path), "it is no file"],
    ["a folder", (path: string) => mkdirSync(path), "it is no file"],
    [
      "a file that is far too large",
      (path: string) => {
        writeFileSync(path, "{}");
        truncateSync(path, 3_000_000_000);
      },
      "it has more than 4 MB",
    ],
  ])("is refused at once: %s", (_what, put, why) => {
    const path = join(temporaryFolder(), "settings.json");
    put(path);
    const store = createSettingsStore(path, createSettingsParser(settingsSections));
    expect(() => store.load()).toThrow(`${path} can't be read: ${why}`);
  });
});
