import { expect, test } from "vitest";
import { areaModules } from "./index.ts";
import { openDatabase } from "../kernel/database.ts";
import type { AnyModule } from "./module.ts";
import { migrations } from "../migrations.ts";
import { createCore } from "../testing/core.ts";

function statementsOfAllStores() {
  const db = openDatabase(":memory:", migrations);
  const statements: string[] = [];
  const prepare = db.prepare.bind(db);
  db.prepare = (sql: string) => {
    statements.push(sql);
    return prepare(sql);
  };
  createCore({ db });
  const plan = (sql: string) => {
    const rows = prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...(sql.match(/\?/g) ?? []).map(() => 1));
    return (rows as { detail: string }[]).map(({ detail }) => detail);
  };
  return [...new Set(statements)].map((sql) => ({ sql, plan: plan(sql) }));
}

const growing = areaModules.flatMap(({ growingTables = [] }: AnyModule) => growingTables).join("|");
/** Only what waits is in this index. */
const fullScan = new RegExp(`^SCAN (${growing})\\b(?! USING INDEX (permission_requests|questions)_pending)`);

test("no statement reads through a table that grows", () => {
  const all = statementsOfAllStores();
  expect(all.length).toBeGreaterThan(30);
  for (const { sql, plan } of all) {
    expect(
      plan.filter((step) => fullScan.test(step)),
      sql,
    ).toEqual([]);
  }
});

test("the runs of one session in one state are found without a look at all others in it", () => {
  const found = statementsOfAllStores().filter(({ sql }) =>
    /FROM runs\s+WHERE session_id = \? AND .*status/.test(sql),
  );
  expect(found).toHaveLength(1);
  expect(found[0]?.plan.join()).toContain("runs_by_session (session_id=? AND key<?)");
});
