import { readFileSync, readdirSync, statSync, writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createLog } from "../kernel/log.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { createRemembered } from "./remembered.ts";

const place = () => {
  const folder = temporaryFolder();
  return { folder, path: join(folder, "desktop.json"), log: createLog(join(folder, "log.txt")) };
};

test("is kept between starts, for its owner alone, the last of many changes", async () => {
  const { folder, path, log } = place();
  const remembered = createRemembered(path, log);
  for (const theme of ["dark", "light", "dark"] as const) remembered.change({ theme });
  remembered.change({ firstRunDone: true });
  expect(remembered.read()).toMatchObject({ theme: "dark", firstRunDone: true });
  await remembered.saved();
  remembered.change({ theme: "light" });
  await remembered.saved();
  expect(createRemembered(path, log).read()).toEqual({
    firstRunDone: true,
    theme: "light",
    zoomLevel: 0,
    window: null,
  });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).filter((name) => name.includes(".tmp"))).toEqual([]);
});

test("a damaged file costs the memory, one that can't be written costs it at the next start", async () => {
  const { path, log } = place();
  writeFileSync(path, "{ half");
  expect(createRemembered(path, log).read().firstRunDone).toBe(false);
  expect(readFileSync(path, "utf8")).toBe("{ half");

  const blocked = place();
  mkdirSync(blocked.path);
  const remembered = createRemembered(blocked.path, blocked.log);
  remembered.change({ firstRunDone: true });
  await remembered.saved();
  expect(remembered.read().firstRunDone).toBe(true);
});
