import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { definesIn, needsOwnBinding } from "./sqlite-binding.mjs";

it("finds the options that SQLite is shipped with", () => {
  const gypi = readFileSync("node_modules/better-sqlite3/deps/defines.gypi", "utf8");
  expect(definesIn(gypi)).toEqual(
    expect.arrayContaining(["SQLITE_ENABLE_FTS5", "SQLITE_DEFAULT_FOREIGN_KEYS=1"]),
  );
});

it.each([
  ["33.2.1", true],
  ["45.4.1", false],
])("Electron %s needs a binding of its own: %s", (version, expected) => {
  expect(needsOwnBinding({ version })).toBe(expected);
});
