import { expect, test } from "vitest";
import { mayRepeat, type KeyTarget } from "./key-repeat.ts";

const held = (target: KeyTarget, keys: readonly string[]) => keys.filter((key) => mayRepeat(key, target));

test("a key that is held moves, and answers nothing", () => {
  const all = ["Enter", " ", "a", "A", "d", "m", "n", "x", "l", "Backspace", "Delete", "Escape", "?"];
  expect(held("nothing", all)).toEqual([]);
  expect(held("nothing", ["j", "k", "ArrowDown", "PageUp", "Home", "Tab"])).toHaveLength(6);
});

test("where somebody writes it writes, but does not send", () => {
  expect(held("line", ["a", " ", "Backspace", "ArrowLeft", "Enter"])).toEqual([
    "a",
    " ",
    "Backspace",
    "ArrowLeft",
  ]);
  expect(held("text", ["a", "Enter"])).toEqual(["a", "Enter"]);
});
