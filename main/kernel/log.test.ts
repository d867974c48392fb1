import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { createLog } from "./log.ts";

const linesOf = (path: string) =>
  readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test("one line of JSON an entry, for its owner alone, without keys", () => {
  const path = join(temporaryFolder(), "logs", "a.log");
  const log = createLog(path);
  log.warn({ token: "s3cret", port: 1 }, "careful");
  expect(linesOf(path)).toMatchObject([{ level: 40, token: "[hidden]", port: 1, msg: "careful" }]);
  if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("what can't be written is dropped and counted, and ends nothing", () => {
  const folder = temporaryFolder();
  const path = join(folder, "logs", "a.log");
  // In the way of the folder that the file is to lie in.
  writeFileSync(join(folder, "logs"), "");
  const log = createLog(path);
  log.info({}, "one");
  log.error({ err: new Error("two") }, "two");
  rmSync(join(folder, "logs"));
  mkdirSync(join(folder, "logs"));
  chmodSync(join(folder, "logs"), 0o700);
  log.info({}, "three");
  expect(linesOf(path)).toMatchObject([{ dropped: 2 }, { msg: "three" }]);
});

/** A device on which every write ends with "no space left". */
const FULL = "/dev/full";

test.runIf(process.platform === "linux")("a full disk ends nothing", () => {
  const log = createLog(FULL);
  for (let at = 0; at < 100; at += 1) log.error({}, "no room");
});
