import { expect, test } from "vitest";
import priceList from "../../../resources/prices.json" with { type: "json" };
import { PriceList } from "./contract.ts";
import { costOf, dayOf, daysBefore, priceOf } from "./prices.ts";

const list = {
  "gpt-5": { input: 1, output: 2 },
  "claude-sonnet-4": { input: 3, output: 15, cacheRead: 0.3 },
};

test("a model has its price whoever passes it on and however it is dated", () => {
  for (const name of ["gpt-5", "openai/gpt-5", "gpt-5-2025-08-07", "openai/gpt-5-20250807", "gpt-5:latest"]) {
    expect(priceOf(name, list)).toEqual(list["gpt-5"]);
  }
});

test("what only begins like a known model has no price", () => {
  for (const name of ["gpt-5-mini", "gpt-50", "gpt", "", "gpt-5-turbo-2025-08-07", "toString", "__proto__"]) {
    expect(priceOf(name, list)).toBeNull();
  }
});

test("the settings say more than the list, and the whole name more than a part of it", () => {
  const own = { "gpt-5": { input: 9, output: 9 }, "azure/gpt-5": { input: 0, output: 0 } };
  expect(priceOf("gpt-5", own, list)?.input).toBe(9);
  expect(priceOf("azure/gpt-5", own, list)?.input).toBe(0);
  expect(priceOf("gpt-5-2025-08-07", own, list)?.input).toBe(9);
});

test("tokens of a cache cost what the list says, else as much as input", () => {
  const used = {
    inputTokens: 10,
    outputTokens: 5,
    cacheReadTokens: 100,
    cacheWriteTokens: 7,
    totalTokens: 122,
  };
  expect(costOf(used, { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 })).toBe(30 + 75 + 30 + 26);
  expect(costOf(used, { input: 3, output: 15 })).toBe(30 + 75 + 300 + 21);
});

test("days are those of this place, over months and clock changes", () => {
  expect(dayOf(new Date(2026, 0, 5, 0, 0, 1).getTime())).toBe("2026-01-05");
  expect(dayOf(new Date(2026, 0, 5, 23, 59).getTime())).toBe("2026-01-05");
  expect([daysBefore("2026-03-01", 1), daysBefore("2026-11-02", 29)]).toEqual(["2026-02-28", "2026-10-04"]);
});

test("the list that comes with Gatehouse is one", () => {
  expect(PriceList.parse(priceList)).toEqual(priceList);
  expect(
    Object.keys(priceList.models).filter(
      (name) => priceOf(`maker/${name}-20251130`, priceList.models) === null,
    ),
  ).toEqual([]);
});
