import { expect, test } from "vitest";
import { createRecallEngine } from "./engine.ts";
import { asking, createHistory } from "./testing/history.ts";
import { characters, createRandom, type Random } from "./testing/random.ts";

const PIECES = [
  ...characters("abc XYZ 019 .,'\"()*-_+#:^{}\\\0\n"),
  ...characters("éßı北京天ไทยกำ한국🚀👍🏽ｶﾞ½"),
  "\ud800",
  " AND ",
  " OR ",
  " NOT ",
  " alpha ",
  " beta-gamma ",
  " C++ ",
  " GLUE-123 ",
];
/** Halves of characters may be lost where a text is cut into parts. */
const withoutHalves = (text: string) =>
  text.replaceAll(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
const anything = (random: Random, most: number) =>
  Array.from({ length: random.below(most) }, () => random.of(PIECES)).join("");

function filled(random: Random) {
  const history = createHistory();
  const texts = Array.from({ length: 300 }, () => anything(random, 30));
  for (const text of texts) history.say(text, { session: `s${random.below(5)}` });
  const engine = createRecallEngine(":memory:", history.db);
  return { texts, engine };
}

test("no question fails, whatever was said, and what is shown is part of what was said", () => {
  const random = createRandom(11);
  const { texts, engine } = filled(random);
  const said = texts.map(withoutHalves);
  for (let round = 0; round < 1_500; round += 1) {
    const query = anything(random, 25);
    const { hits } = engine.answer(asking(query, { asYouType: round % 2 === 0, snippetWords: 16 }));
    for (const { snippet, isCutBefore, isCutAfter } of hits) {
      const shown = withoutHalves(snippet.map(({ text }) => text).join(""));
      const isSaid = (text: string) => (isCutBefore || isCutAfter ? text.includes(shown) : text === shown);
      expect(said.some(isSaid), JSON.stringify([query, shown])).toBe(true);
    }
  }
});

test("whatever was said is found by its own words, whole, in quotes, and by its beginning while somebody types", () => {
  const random = createRandom(12);
  const { texts, engine } = filled(random);
  const plain = (text: string) => text.replaceAll(/["“”()*]|AND|OR|NOT/g, " ");
  for (const text of texts.filter((each) => /[\p{L}\p{N}]/u.test(plain(each)))) {
    const words = plain(text);
    const found = (query: string, more: object = {}) => {
      const { hits, instead } = engine.answer(asking(query, { limit: 100, snippetWords: 200, ...more }));
      return (
        instead === null && hits.some(({ snippet }) => snippet.map((part) => part.text).join("") === text)
      );
    };
    if (text !== words || /[\ud800-\udfff](?![\udc00-\udfff])/.test(text)) continue;
    expect(found(words), JSON.stringify(words)).toBe(true);
    expect(found(`"${words}"`), JSON.stringify(words)).toBe(true);
    expect(found(words.trimEnd(), { asYouType: true }), JSON.stringify(words)).toBe(true);
  }
});
