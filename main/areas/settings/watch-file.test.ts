import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { systemClock } from "../../kernel/clock.ts";
import { watchFile } from "./watch-file.ts";

function watched() {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-watch-"));
  const path = join(folder, "settings.json");
  let told = 0;
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return {
    path,
    beside: (name: string) => join(folder, name),
    start() {
      onTestFinished(watchFile(path, systemClock, () => (told += 1)));
    },
    /** Does it, and waits until it is told. */
    async seen(act: () => void) {
      const before = told;
      act();
      await vi.waitFor(() => expect(told).toBeGreaterThan(before), { timeout: 10_000 });
      // What else came of the same act.
      await new Promise((resolve) => setTimeout(resolve, 700));
    },
    told: () => told,
  };
}

test("a file is followed through being made, written, replaced twice and removed", async () => {
  const { path, beside, start, seen } = watched();
  start();
  const replace = (text: string) => {
    writeFileSync(beside("new"), text);
    renameSync(beside("new"), path);
  };
  await seen(() => writeFileSync(path, "1"));
  await seen(() => writeFileSync(path, "2"));
  await seen(() => replace("3"));
  await seen(() => writeFileSync(path, "4"));
  await seen(() => replace("5"));
  await seen(() => rmSync(path));
  await seen(() => writeFileSync(path, "6"));
}, 60_000);

test("so is the file that a link leads to, and where it leads", async () => {
  const { path, beside, start, seen } = watched();
  for (const name of ["one", "other"]) writeFileSync(beside(name), name);
  symlinkSync("one", path);
  start();
  await seen(() => writeFileSync(beside("one"), "one, changed"));
  await seen(() => {
    rmSync(path);
    symlinkSync("other", path);
  });
  await seen(() => writeFileSync(beside("other"), "other, changed"));
}, 60_000);

test("what is written beside it is nobody's business", async () => {
  const { path, beside, start, told } = watched();
  writeFileSync(path, "1");
  start();
  for (let i = 0; i < 20; i += 1) writeFileSync(beside("gatehouse.db-wal"), String(i));
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(told()).toBe(0);
});
