import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { openDatabase } from "./database.ts";
import { createGroupCommit } from "./group-commit.ts";

test("what must survive a loss of power waits for the disk, and nothing else does", () => {
  const db = openDatabase(`${temporaryFolder()}/test.db`, []);
  const commit = createGroupCommit(db, () => {});
  const level = () => db.pragma("synchronous", { simple: true });
  const [normal, full] = [1, 2];
  const levels: unknown[] = [];
  commit.queue(
    () => levels.push(level()),
    () => {},
    () => {},
  );
  expect(commit.durably(level)).toBe(full);
  expect(levels).toEqual([normal]);
  expect(() =>
    commit.durably(() => {
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(commit.now(level)).toBe(normal);
  db.close();
});
