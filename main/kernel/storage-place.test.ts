import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { migrations } from "../migrations.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { openDatabase } from "./database.ts";
import { createStorage } from "./storage.ts";

function open() {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const file = join(temporaryFolder(), "gatehouse.db");
  const storage = createStorage(openDatabase(file, migrations), () => {});
  onTestFinished(async () => {
    vi.useRealTimers();
    await storage.close();
  });
  return { ...storage, file };
}

test.each(["gatehouse.db", "gatehouse.lock"])("nothing is put on record once %s is gone", (name) => {
  const { file, health, commit } = open();
  commit.now(() => {});
  vi.advanceTimersByTime(2_000);
  expect(health.current()).toBeNull();
  const gone = join(file, "..", name);
  expect(existsSync(gone)).toBe(true);
  rmSync(gone);
  vi.advanceTimersByTime(2_000);
  expect(health.current()).toBe("moved");
  expect(() => commit.now(() => {})).toThrow("moved or deleted");
});

test("and goes on when it is back at its place", () => {
  const { file, health, commit } = open();
  renameSync(file, `${file}.away`);
  vi.advanceTimersByTime(2_000);
  expect(health.current()).toBe("moved");
  renameSync(`${file}.away`, file);
  vi.advanceTimersByTime(2_000);
  expect(health.current()).toBeNull();
  expect(() => commit.now(() => {})).not.toThrow();
});
