import { expect, test } from "vitest";
import { grouped, listed } from "./in-words.ts";

test.each([0, 7, 999, 1000, 12_345, 999_999, 1_000_000, 4_194_304, 1_234_567_890])(
  "%i is grouped",
  (count) => {
    expect(grouped(count)).toBe(count.toLocaleString("en"));
  },
);

test.each([[[]], [["a"]], [["a", "b"]], [["a", "b", "c"]], [["a", "b", "c", "d"]]])(
  "%j is a list",
  (words) => {
    expect(listed(words)).toBe(new Intl.ListFormat("en-GB").format(words));
  },
);
