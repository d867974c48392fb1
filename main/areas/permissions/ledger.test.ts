import { describe, expect, test } from "vitest";
import { createCore, type Core } from "../../testing/core.ts";
import { allow, ask, AT_POPUP, deny } from "./testing/ask.ts";

const found = async ({ permissions }: Core, search: string) =>
  (await permissions.decisions({ limit: 9, search })).decisions.map(({ outcome }) => outcome);

describe("a search of the ledger", () => {
  const long = `deploy ${"x ".repeat(300)} --to production-cluster-seven`;

  test("finds the end of a long target that somebody was asked about", async () => {
    const made = createCore();
    const question = await ask(made, { value: long });
    made.permissions.decide(question.id, allow(), AT_POPUP);
    expect(await found(made, "cluster seven")).toEqual(["allowed"]);
  });

  test("finds it where nobody was asked", async () => {
    const made = createCore({ rules: { defaultTier: "trusted" } });
    await (
      await ask(made, { value: long })
    ).answer;
    expect(await found(made, "cluster seven")).toEqual(["allowed"]);
  });

  test("finds the words that were given with an answer", async () => {
    const made = createCore();
    const question = await ask(made);
    made.permissions.decide(question.id, deny("Wait for the freeze to end"), AT_POPUP);
    expect(await found(made, "freeze")).toEqual(["denied"]);
  });
});

describe("the ledger", () => {
  test("says how grave it was, asked or not", async () => {
    const made = createCore({ rules: { channels: { cli: "trusted" } } });
    const risks = [{ kind: "network" as const, level: "high" as const, text: "far", why: "Far." }];
    const question = await ask(made, { presentation: { risks } });
    made.permissions.decide(question.id, allow(), AT_POPUP);
    await (
      await ask(made, { client: "cli:1", presentation: { risks } })
    ).answer;
    const { decisions } = await made.permissions.decisions({ limit: 9 });
    expect(decisions.map(({ riskLevel }) => riskLevel)).toEqual(["high", "high"]);
  });

  test("is narrowed to moments, with and without a search or an outcome, page by page", async () => {
    const made = createCore({ rules: { defaultTier: "trusted" } });
    const moments: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      moments.push(made.clock.now());
      await (
        await ask(made, { value: `thing ${n}` })
      ).answer;
      made.clock.advance(1_000);
    }
    const [since, until] = [moments[3], moments[9]];
    const wanted = moments.slice(3, 9).toReversed();
    for (const narrowed of [{}, { search: "thing" }, { outcome: "allowed" as const }]) {
      const seen: number[] = [];
      let after: string | undefined;
      do {
        const page = await made.permissions.decisions({ ...narrowed, since, until, limit: 4, after });
        seen.push(...page.decisions.map(({ at }) => at));
        after = page.next ?? undefined;
      } while (after !== undefined);
      expect(seen).toEqual(wanted);
    }
    expect((await made.permissions.decisions({ limit: 9, since: made.clock.now() + 1 })).decisions).toEqual(
      [],
    );
    expect((await made.permissions.decisions({ limit: 9, until: moments[0] })).decisions).toEqual([]);
  });
});
