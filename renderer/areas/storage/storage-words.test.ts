import { expect, test } from "vitest";
import type { StorageStatus } from "../../../main/areas/storage/contract.ts";
import { backupWords, canGoBack, storageWords } from "./storage-words.ts";

const well: StorageStatus = {
  trouble: null,
  incident: null,
  backups: [{ name: "a", at: 1, bytes: 1 }],
  backupFailure: null,
  isReplaced: false,
};
const incident = { at: 1, kind: "damaged", detail: "x", keptAs: "gatehouse-damaged.db" } as const;

test("nothing is said while all is well", () => {
  expect([storageWords(well), canGoBack(well)]).toEqual([null, false]);
});

test.each(["full", "read_only", "failing", "damaged", "moved", "replaced"] as const)(
  "%s: nothing is allowed",
  (trouble) => {
    expect(storageWords({ ...well, trouble })).toContain("Nothing is allowed");
    expect(canGoBack({ ...well, trouble })).toBe(trouble === "damaged");
  },
);

test.each(["damaged", "missing", "restored"] as const)("%s: the file that was kept is named", (kind) => {
  expect(storageWords({ ...well, incident: { ...incident, kind } })).toContain(
    "kept as gatehouse-damaged.db",
  );
});

test("there is a way back only to a backup, and not from one", () => {
  expect(canGoBack({ ...well, incident })).toBe(true);
  expect(canGoBack({ ...well, incident, backups: [] })).toBe(false);
  expect(canGoBack({ ...well, incident: { ...incident, kind: "restored" } })).toBe(false);
  expect(canGoBack({ ...well, incident, isReplaced: true })).toBe(false);
});

test("what may only be incomplete is gone on with", () => {
  const status = { ...well, incident: { ...incident, kind: "incomplete", keptAs: null } } as const;
  expect(storageWords(status)).toContain("may be missing");
  expect(canGoBack(status)).toBe(false);
});

test("a backup is known by its day, its time and its size", () => {
  expect(
    backupWords({ name: "a", at: new Date(2026, 10, 20, 14, 5).getTime(), bytes: 3.2 * 1024 * 1024 }),
  ).toMatch(/20.*2026.*05.*\(3\.2 MB\)/);
});
