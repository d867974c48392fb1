import { expect, test } from "vitest";
import { stillPicked, toggled } from "./picked.ts";

test("what has left meanwhile is not acted on", () => {
  expect(stillPicked([{ id: "b" }], new Set(["a", "b"]))).toEqual([{ id: "b" }]);
});

test("toggling twice leaves all as it was", () => {
  expect([...toggled(new Set(["a"]), "b")]).toEqual(["a", "b"]);
  expect([...toggled(toggled(new Set(["a"]), "b"), "b")]).toEqual(["a"]);
});
