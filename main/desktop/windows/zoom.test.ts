import { expect, test } from "vitest";
import { zoomAfter } from "./zoom.ts";

test("goes step by step, never out of sight, and back at once", () => {
  expect(zoomAfter(0, "larger")).toBe(1);
  expect(zoomAfter(0, "smaller")).toBe(-1);
  expect(zoomAfter(5, "larger")).toBe(5);
  expect(zoomAfter(-3, "smaller")).toBe(-3);
  expect(zoomAfter(4, "actual")).toBe(0);
});
