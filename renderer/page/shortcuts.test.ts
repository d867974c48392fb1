import { expect, test } from "vitest";
import { stepFrom } from "./list-keys.ts";
import { pressed } from "./shortcuts.ts";

const key = (
  name: string,
  held: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {},
) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test.each([
  [key("j"), false, "j"],
  [key("k", { ctrlKey: true }), false, "mod+k"],
  [key("k", { metaKey: true }), true, "mod+k"],
  [key("a", { metaKey: true }), false, "other+a"],
  [key("a", { ctrlKey: true }), true, "other+a"],
  [key("?", { shiftKey: true }), false, "?"],
  [key("A", { shiftKey: true }), false, "shift+a"],
  [key("ArrowLeft", { altKey: true }), false, "alt+arrowleft"],
  [key(" "), false, "space"],
] as const)("%j on a Mac: %s is %s", (event, isMac, name) => {
  expect(pressed(event, isMac)).toBe(name);
});

test("steps stay in the list and begin at an end", () => {
  const ids = ["a", "b", "c"];
  expect(stepFrom(ids, null, 1)).toBe("a");
  expect(stepFrom(ids, null, -1)).toBe("c");
  expect(stepFrom(ids, "c", 1)).toBe("c");
  expect(stepFrom(ids, "gone", 1)).toBe("a");
  expect(stepFrom([], "a", 1)).toBeNull();
});
