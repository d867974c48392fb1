import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

test("as many run at once as there are turns, in their order, also behind one that failed", async () => {
  const inTurns = createTurns(2);
  const log: string[] = [];
  const ends: (() => void)[] = [];
  const all = ["a", "b", "c", "d"].map((name) =>
    inTurns(async () => {
      log.push(`${name} begins`);
      await new Promise<void>((end) => ends.push(end));
      if (name === "a") throw new Error("a fails");
      return name;
    }).catch((error: unknown) => String(error)),
  );
  await Promise.resolve();
  expect(log).toEqual(["a begins", "b begins"]);
  for (let i = 0; i < all.length; i += 1) {
    ends[i]?.();
    await all[i];
  }
  expect(log).toEqual(["a begins", "b begins", "c begins", "d begins"]);
  expect(await Promise.all(all)).toEqual(["Error: a fails", "b", "c", "d"]);
  expect(await inTurns(() => Promise.resolve("again"))).toBe("again");
});
