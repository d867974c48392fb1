import { createHoldWatch, slownessNow } from "../../fixtures/holds/watch.ts";
import { expect, test as base } from "../../fixtures/test.ts";

const MiB = 1024 * 1024;
/** Reading, indexing and ranking are another thread's work, so this one only hands on questions and answers. */
const MAX_HOLD_MS = 10;

const test = base.extend<{ holds: ReturnType<typeof createHoldWatch> }>({
  holds: async ({ place }, use) => use(createHoldWatch(place.home)),
  daemonOptions: async ({ holds }, use) => use({ environment: holds.environment }),
});

interface Answer {
  readonly hits: readonly { readonly snippet: readonly { readonly text: string }[] }[];
  readonly missing: number;
}

test("neither an index of 100 MB nor any question holds the main thread", async ({
  modelGlue: glue,
  model,
  modelDaemon,
  holds,
}) => {
  test.setTimeout(300_000);
  const words = Array.from({ length: 5_000 }, (_, i) => `word${(i * 7_919) % 50_021}`).join(" ");
  const text = `${words} `.repeat(Math.floor((4.5 * MiB) / words.length));
  const say = async (from: number, to: number) => {
    for (let i = from; i < to; i += 1) {
      model.script({ text: "well" });
      await glue.run(`s${i % 4}`, { text: `letter${i} ${text}` });
    }
  };
  const ask = async (question: object): Promise<Answer> => {
    const answer = await modelDaemon.owner.post("/gatehouse/v1/recall", question);
    expect(answer.status, answer.text.slice(0, 200)).toBe(200);
    return answer.json as Answer;
  };
  /** What it costs it costs each time; what others do to the processor meanwhile does not come each time. */
  const expectNoHold = async (what: string, acts: readonly (() => Promise<unknown>)[]) => {
    let least = Infinity;
    for (const act of acts) {
      await holds.longest();
      await act();
      least = Math.min(least, (await holds.longest()) / slownessNow());
      if (least < MAX_HOLD_MS) break;
    }
    test.info().annotations.push({ type: `${least.toFixed(1)} ms`, description: what });
    expect.soft(least, `${what} held the main thread`).toBeLessThan(MAX_HOLD_MS);
  };

  const indexAll = async () => {
    let { missing } = await ask({ query: "letter3" });
    while (missing > 0) ({ missing } = await ask({ query: "letter3" }));
  };
  await say(0, 23);
  await expectNoHold("indexing a hundred megabytes", [
    indexAll,
    async () => {
      await say(23, 46);
      await holds.longest();
      await indexAll();
    },
  ]);
  expect((await ask({ query: "letter22" })).hits).toHaveLength(1);
  for (const question of [
    { query: "word7 word14" },
    { query: "wo", asYouType: true, limit: 100 },
    { query: "x ".repeat(5_000) },
    { query: "wrod7919 lettre3" },
    { query: "nothing like any of these words", limit: 100 },
  ]) {
    const act = () => ask(question);
    await expectNoHold(JSON.stringify(question).slice(0, 60), [act, act, act]);
  }
});
