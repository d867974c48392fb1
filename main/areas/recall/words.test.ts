import { expect, test } from "vitest";
import { characters, createRandom } from "./testing/random.ts";
import { placedWords, wordsIn } from "./words.ts";

test.each([
  ["Hello, World", ["hello", "world"]],
  ["snake_case and camelCase", ["snake", "case", "and", "camelcase"]],
  ["C++ is not C# nor c", ["c＋＋", "is", "not", "c＃", "nor", "c"]],
  ["a #tag 3#4", ["a", "tag", "3", "4"]],
  ["Ärger façade İstanbul", ["arger", "facade", "istanbul"]],
  ["한국어를", ["한국어를"]],
  ["你好吗", ["你好", "好吗", "吗"]],
  ["ｶﾞｲﾄﾞ", ["ガイ", "イド", "ド"]],
  ["ver2な", ["ver2", "な"]],
  ["½ cup", ["1", "2", "cup"]],
  ["👩🏽‍🚀 go", ["👩", "🚀", "go"]],
  ["a\0b\ud800c", ["a", "b", "c"]],
])("%j is found by %j", (text, words) => {
  expect(wordsIn(text)).toEqual(words);
});

test("both ways to cut a text agree, and each word stands where it says", () => {
  const random = createRandom(3);
  const pieces = [...characters("abcXYZ019 ,.+#-_\t"), ...characters("éßæ北京ガไทย🚀"), "\ud800", "++"];
  for (let round = 0; round < 2_000; round += 1) {
    const text = Array.from({ length: random.below(40) }, () => random.of(pieces)).join("");
    const placed = [...placedWords(text)];
    expect(
      placed.map(({ word }) => word),
      JSON.stringify(text),
    ).toEqual(wordsIn(text));
    let from = 0;
    for (const { word, start, end } of placed) {
      expect(start, JSON.stringify(text)).toBeGreaterThanOrEqual(from);
      expect(end).toBeGreaterThan(start);
      expect(wordsIn(text.slice(start, end)), JSON.stringify([text, word])).toContain(word);
      from = start;
    }
  }
});

test("a word of any length is found by its beginning", () => {
  expect(wordsIn("x".repeat(100_000))).toEqual(["x".repeat(40)]);
  expect(wordsIn(`${"é".repeat(39)}𝒳𝒳`)[0]).toHaveLength(40);
});
