import { expect, test } from "vitest";
import { firstKeyWhere } from "./first-key.ts";

const find = (rows: readonly { key: number; at: number }[], moment: number) =>
  firstKeyWhere(
    (key) => rows.find((row) => row.key >= key),
    rows.at(-1)?.key ?? 0,
    ({ at }) => at >= moment,
  );

test("a moment is found by halving, whatever keys are missing", () => {
  const rows = [1, 2, 3, 7, 8, 20, 21, 22, 40].map((key) => ({ key, at: key * 10 }));
  for (let moment = 0; moment <= 420; moment += 5) {
    const first = rows.find(({ at }) => at >= moment);
    const key = find(rows, moment);
    expect(rows.filter((row) => row.key >= key)).toEqual(
      first === undefined ? [] : rows.slice(rows.indexOf(first)),
    );
  }
});

test("an empty table begins after its end", () => {
  expect(find([], 5)).toBe(1);
});

test("looks at few rows of many", () => {
  let looks = 0;
  const key = firstKeyWhere(
    (at) => {
      looks += 1;
      return { key: at };
    },
    1_000_000,
    (row) => row.key >= 123_456,
  );
  expect(key).toBe(123_456);
  expect(looks).toBeLessThan(25);
});
