import { expectNoHold, test } from "../../fixtures/holds/test.ts";
import { expect } from "../../fixtures/test.ts";

const MiB = 1024 * 1024;

interface Page {
  readonly messages: readonly { readonly index: number }[];
  readonly total: number;
  readonly next?: number | null;
}

test.describe("what holds the main thread", () => {
  test.setTimeout(240_000);

  test("no page of long messages does", async ({ modelGlue: glue, model, modelDaemon, holds }) => {
    const texts = Array.from("abcdefgh", (letter) => letter.repeat(0.9 * MiB));
    for (const text of [...texts, "x".repeat(5 * MiB)]) {
      model.script({ text: "well" });
      await glue.run("s", { text });
    }
    const read = async (path: string): Promise<Page> => {
      const answer = await expectNoHold(holds, path, () => modelDaemon.owner.get(path));
      expect(answer.status).toBe(200);
      return answer.json as Page;
    };
    const native: number[] = [];
    for (let from: number | null = 0; from !== null;) {
      const page: Page = await read(`/gatehouse/v1/sessions/s/messages?from=${from}&limit=500`);
      native.push(...page.messages.map(({ index }) => index));
      from = page.next ?? null;
    }
    const dialect: number[] = [];
    for (let total = Infinity; dialect.length < total;) {
      const page = await read(`/v1/sessions/s/messages?after=${dialect.at(-1) ?? -1}&limit=500`);
      ({ total } = page);
      dialect.push(...page.messages.map(({ index }) => index));
    }
    expect(native).toEqual(Array.from({ length: 18 }, (_, at) => at));
    expect(dialect).toEqual(native);
  });
});
