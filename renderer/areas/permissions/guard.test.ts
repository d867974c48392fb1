import { expect, test } from "vitest";
import { clickDelayMs, isMeant, keyDelayMs, type Presence } from "./guard.ts";

const there: Presence = { wholeSince: 0, focusedSince: 0, stillSince: 0 };

test.each([
  ["a key after the delay", "key", there, keyDelayMs, true],
  ["a key a moment too early", "key", there, keyDelayMs - 1, false],
  ["a key meant for another window", "key", { ...there, focusedSince: null }, 10_000, false],
  ["a key typed on while the focus came", "key", { ...there, focusedSince: 9_700 }, 10_000, false],
  ["a key for a card that is partly out of sight", "key", { ...there, wholeSince: null }, 10_000, false],
  ["a click after the delay", "click", there, clickDelayMs, true],
  ["a click on a card that just slid in", "click", there, clickDelayMs - 1, false],
  ["a click on buttons that just moved", "click", { ...there, stillSince: 9_900 }, 10_000, false],
  ["a click on a card out of sight", "click", { ...there, wholeSince: null }, 10_000, false],
  [
    "a click without the focus, as on a popup that never takes it",
    "click",
    { ...there, focusedSince: null },
    10_000,
    true,
  ],
] as const)("%s", (_, act, presence, now, meant) => {
  expect(isMeant(act, presence, now)).toBe(meant);
});
