import { homedir } from "node:os";
import { expect, test } from "vitest";
import { glueConnectionPath } from "./connection-path.ts";

const HOME = homedir();

test.each([
  [{}, "linux", `${HOME}/.config/glue/daemon.json`],
  [{ XDG_CONFIG_HOME: "/config" }, "linux", "/config/glue/daemon.json"],
  [{ XDG_CONFIG_HOME: "config" }, "linux", `${HOME}/.config/glue/daemon.json`],
  [{ XDG_CONFIG_HOME: "/config" }, "darwin", `${HOME}/Library/Application Support/glue/daemon.json`],
  [{ APPDATA: "/roaming" }, "win32", "/roaming/glue/daemon.json"],
] as const)("where Glue clients look with %j on %s", (env, platform, expected) => {
  expect(glueConnectionPath(env, platform)).toBe(expected);
});
