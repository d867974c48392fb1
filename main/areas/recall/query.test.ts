import { describe, expect, test } from "vitest";
import { characters, createRandom } from "./testing/random.ts";
import { parseQuery, wantedTerms, type Query } from "./query.ts";

/** A query as text, fully bracketed. */
function shown(query: Query | null): string {
  if (query === null) return "nothing";
  switch (query.kind) {
    case "term":
      return `${query.words.join("_")}${query.isPrefix ? "*" : ""}`;
    case "without":
      return `(${shown(query.wanted)} - ${shown(query.unwanted)})`;
    case "all":
    case "any":
      return `(${query.parts.map(shown).join(query.kind === "all" ? " & " : " | ")})`;
  }
}

describe("what is typed means", () => {
  test.each([
    ["two words", "(two & words)"],
    ["what's", "what_s"],
    ["foo-bar", "foo_bar"],
    ["GLUE-123", "glue_123"],
    ["C++ or C#", "(c＋＋ & or & c＃)"],
    ['"side by side" rest', "(side_by_side & rest)"],
    ["“curly ones”", "curly_ones"],
    ["dep*", "dep*"],
    ['"on the ma"*', "on_the_ma*"],
    ["a AND b", "(a & b)"],
    ["a OR b c", "(a | (b & c))"],
    ["a NOT b", "(a - b)"],
    ["a AND NOT b c", "((a - b) & c)"],
    ["(a OR b) c", "((a | b) & c)"],
    ["é Straße ﬁn", "(e & strasse & fin)"],
    ["🚀 launch", "(🚀 & launch)"],
    ["北京天气", "北京_京天_天气"],
    ["天", "天*"],
    ["用Rust写", "用_rust_写*"],
    ["สวัสดี", "สวั_วัส_สดี"],
    ["foo(bar", "(foo & bar)"],
  ])("%j: %s", (text, meaning) => {
    expect(shown(parseQuery(text))).toBe(meaning);
  });

  test.each([
    ["AND", "and"],
    ["OR NOT", "(or & not)"],
    ["NOT a", "(not & a)"],
    ["a OR", "(a & or)"],
    ["() a ((", "a"],
    ["a (", "a"],
    ["( OR )", "or"],
  ])("%j is ordinary text: %s", (text, meaning) => {
    expect(shown(parseQuery(text))).toBe(meaning);
  });

  test.each(["", "  ", '""', "''", "?!", '"', "***", "()", "\0", "\ud800", "(((((((((((((("])(
    "%j is nothing to look for",
    (text) => expect(parseQuery(text)).toBeNull(),
  );

  test("the last word may be unfinished while somebody types", () => {
    expect(shown(parseQuery("fix the pip", true))).toBe("(fix & the & pip*)");
    expect(shown(parseQuery("fix the pip ", true))).toBe("(fix & the & pip)");
    expect(shown(parseQuery('"the pip"', true))).toBe("the_pip");
    expect(shown(parseQuery('"the pip', true))).toBe("(the & pip*)");
    expect(shown(parseQuery("foo-ba", true))).toBe("foo_ba*");
  });
});

test("ten thousand characters are a question of a bounded size", () => {
  for (const text of ["x".repeat(10_000), "word ".repeat(2_000), "a-".repeat(5_000), "天".repeat(10_000)]) {
    const terms = wantedTerms(parseQuery(text) ?? { kind: "any", parts: [] });
    const count = terms.reduce((sum, { words }) => sum + words.length, 0);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(48);
    expect(Math.max(...terms.map(({ words }) => words.length))).toBeLessThanOrEqual(16);
  }
});

const PIECES = [
  ...characters("abcdefgABC 0123-_.,;:!?'\"()*+#/\\\t\n\0"),
  ...characters("éßıøñçÅ北京天気ไทยກ한국अ🚀👍🏽"),
  "\ud800",
  "\udc00",
  " AND ",
  " OR ",
  " NOT ",
  "NEAR(",
  "words:",
  '""',
  "“”",
];

test("whatever is typed has a meaning, in words that no tokenizer takes apart", () => {
  const random = createRandom(7);
  for (let round = 0; round < 3_000; round += 1) {
    const length = random.below(60);
    const text = Array.from({ length }, () => random.of(PIECES)).join("");
    const query = parseQuery(text, round % 2 === 0);
    for (const { words } of query === null ? [] : wantedTerms(query)) {
      expect(words.length, JSON.stringify(text)).toBeGreaterThan(0);
      for (const word of words) {
        expect(word, JSON.stringify(text)).toMatch(/^(?:[a-z0-9]|[^\0-\x7f])+$/);
        expect(word, JSON.stringify(text)).not.toMatch(/\p{Surrogate}/u);
      }
    }
  }
});
