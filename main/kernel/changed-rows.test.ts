import { expect, test } from "vitest";
import { migrations } from "../migrations.ts";
import { createChangedRows } from "./changed-rows.ts";
import { openDatabase } from "./database.ts";

test("a reader that has followed the log finds only what came after it, also once the log was empty", () => {
  const db = openDatabase(":memory:", migrations);
  const changed = createChangedRows(db);
  const left = () =>
    db.prepare<[], { seq: number }>("SELECT seq, source, key FROM changed_rows ORDER BY seq").all();

  changed.note("message", 7);
  changed.note("memory", 7);
  expect(left()).toEqual([
    { seq: 1, source: "message", key: 7 },
    { seq: 2, source: "memory", key: 7 },
  ]);

  changed.forget(2);
  changed.note("message", 8);
  expect(left()).toEqual([{ seq: 3, source: "message", key: 8 }]);
  db.close();
});
