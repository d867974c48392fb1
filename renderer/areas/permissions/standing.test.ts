import { expect, test } from "vitest";
import { createStanding } from "./standing.ts";

test("what stays keeps its time, what moves or comes back starts afresh", () => {
  const standing = createStanding<string>();
  standing.look([["allow", "0 0"]], 100);
  standing.look(
    [
      ["allow", "0 0"],
      ["deny", "9 0"],
    ],
    200,
  );
  expect([standing.since("allow", "0 0"), standing.since("deny", "9 0")]).toEqual([100, 200]);
  standing.look([["allow", "0 36"]], 300);
  expect(standing.since("allow", "0 36")).toBe(300);
  expect(standing.since("deny", "9 0")).toBeNull();
  standing.look(
    [
      ["allow", "0 36"],
      ["deny", "9 0"],
    ],
    400,
  );
  expect(standing.since("deny", "9 0")).toBe(400);
});

test("a place where it was not when somebody last looked is no place it stood at", () => {
  const standing = createStanding<string>();
  standing.look([["allow", "0 0"]], 100);
  expect(standing.since("allow", "0 36")).toBeNull();
  standing.forget();
  expect(standing.since("allow", "0 0")).toBeNull();
});
