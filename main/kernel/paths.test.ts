import { chmodSync, mkdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { prepareHome, resolveHome } from "./paths.ts";

const HOME = homedir();

test.each([
  ["flag first", "/flag", { GATEHOUSE_HOME: "/env" }, "linux", "/flag"],
  ["a relative flag", "here", {}, "linux", resolve("here")],
  ["then the environment", undefined, { GATEHOUSE_HOME: "/env" }, "linux", "/env"],
  [
    "empty ones do not count",
    "",
    { GATEHOUSE_HOME: "", XDG_DATA_HOME: "" },
    "linux",
    `${HOME}/.local/share/gatehouse`,
  ],
  ["XDG", undefined, { XDG_DATA_HOME: "/data" }, "linux", "/data/gatehouse"],
  [
    "a relative XDG does not count",
    undefined,
    { XDG_DATA_HOME: "data" },
    "linux",
    `${HOME}/.local/share/gatehouse`,
  ],
  ["macOS", undefined, {}, "darwin", `${HOME}/Library/Application Support/gatehouse`],
  ["Windows", undefined, { LOCALAPPDATA: "/local" }, "win32", "/local/gatehouse"],
  [
    "Windows without the variable",
    undefined,
    { LOCALAPPDATA: "" },
    "win32",
    join(HOME, "AppData/Local/gatehouse"),
  ],
] as const)("the home: %s", (_name, flag, env, platform, expected) => {
  expect(resolveHome(flag, env, platform)).toBe(expected);
});

test.skipIf(process.platform === "win32")("does not take a folder that is shared, such as /tmp", () => {
  const shared = temporaryFolder();
  chmodSync(shared, 0o1777);
  expect(() => prepareHome(shared)).toThrow("everybody's");
});

test("makes folders for their owner alone, and finds those that are there", () => {
  const home = join(temporaryFolder(), "deep", "home");
  const paths = prepareHome(home);
  for (const folder of [home, paths.logs, paths.spool]) expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const folder of [home, paths.logs, paths.spool]) chmodSync(folder, 0o777);
  mkdirSync(join(paths.logs, "kept"));
  expect(prepareHome(home)).toEqual(paths);
  for (const folder of [home, paths.logs, paths.spool]) expect(statSync(folder).mode & 0o777).toBe(0o700);
});
