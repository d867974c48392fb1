import { expect, test } from "vitest";
import { openDatabase } from "./database.ts";
import { matchQuery } from "./match-query.ts";

const db = openDatabase(":memory:", [
  {
    id: "1",
    sql: `CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = "unicode61 remove_diacritics 2");
      INSERT INTO words VALUES ('What''s GLUE-123 in C++?'), ('ein Résumé'), ('foo_bar AND baz'), ('日本語のテスト')`,
  },
]);
const find = (text: string) => {
  const query = matchQuery(text);
  return query === null ? null : db.prepare("SELECT rowid FROM words WHERE words MATCH ?").pluck().all(query);
};

test.each([
  ["what's", [1]],
  ["glue-123", [1]],
  ["GLUE", [1]],
  ["C++?", [1]],
  ["resume", [2]],
  ["re\u0301sume\u0301", [2]],
  ["Rés", [2]],
  ["foo-bar", [3]],
  ["baz foo", [3]],
  ["NEAR(foo baz)", []],
  ["foo NOT baz", []],
  ["foo AND baz", [3]],
  ['"foo', [3]],
  ["text:foo", []],
  ["foo*", [3]],
  ["日本", [4]],
  ["nothing of it", []],
])("%s finds %j", (text, rows) => {
  expect(find(text)).toEqual(rows);
});

test("a long query costs no more than a short one", () => {
  const words = Array.from({ length: 5_000 }, (_, i) => `w${i % 3_000}`).join(" ");
  expect(matchQuery(words)?.split(" ")).toHaveLength(12);
  expect(matchQuery("r ".repeat(100))).toBe('"r"*');
});

test.each(["", "  ", "'\"*()-+:^{}", "\0", "🤷"])("there is nothing to look for in %j", (text) => {
  expect(matchQuery(text)).toBeNull();
});
