import { expect, test } from "vitest";
import {
  clickDelayMs,
  isMeant,
  keyDelayMs,
  otherPlacePx,
  pauseMs,
  sameActMs,
  type Act,
  type LastAct,
  type Presence,
} from "./guard.ts";

const there: Presence = { wholeSince: 0, focusedSince: 0, refusedAt: null };
const key: Act = { by: "key" };
const click = (stoodSince: number | null, x = 100): Act => ({
  by: "click",
  point: { x, y: 100 },
  stoodSince,
});

test.each([
  ["a key after the delay", key, there, keyDelayMs, true],
  ["a key a moment too early", key, there, keyDelayMs - 1, false],
  ["a key meant for another window", key, { ...there, focusedSince: null }, 10_000, false],
  ["a key typed on while the focus came", key, { ...there, focusedSince: 9_700 }, 10_000, false],
  ["a key for a card that is partly out of sight", key, { ...there, wholeSince: null }, 10_000, false],
  ["a click after the delay", click(0), there, clickDelayMs, true],
  ["a click on a card that just slid in", click(0), there, clickDelayMs - 1, false],
  ["a click on a button that just moved", click(9_600), there, 10_000, false],
  ["a click on a button that was not there before", click(null), there, 10_000, false],
  ["a click on a card out of sight", click(0), { ...there, wholeSince: null }, 10_000, false],
  [
    "a click in a row that began too early",
    click(0),
    { ...there, refusedAt: 10_000 - pauseMs + 1 },
    10_000,
    false,
  ],
  ["a key in a row that began too early", key, { ...there, refusedAt: 10_000 - pauseMs + 1 }, 10_000, false],
  ["a click after a pause", click(0), { ...there, refusedAt: 10_000 - pauseMs }, 10_000, true],
  [
    "a click without the focus, as on a popup that never takes it",
    click(0),
    { ...there, focusedSince: null },
    10_000,
    true,
  ],
] as const)("%s", (_, act, presence, now, meant) => {
  expect(isMeant(act, presence, null, now)).toBe(meant);
});

const at = 10_000;
const clicked: LastAct = { at, point: { x: 100, y: 100 } };
const pressed: LastAct = { at, point: null };

test.each([
  ["the second half of a slow double click", click(0), clicked, 400, false],
  ["of a very slow one", click(0), clicked, 700, false],
  ["with a trembling hand", click(0, 100 + otherPlacePx - 1), clicked, 700, false],
  ["a click at another place", click(0, 100 + otherPlacePx), clicked, 100, true],
  ["a click after a while at the same place", click(0), clicked, sameActMs, true],
  ["a click soon after an answer somewhere else", click(0, 900), pressed, 700, false],
  ["a key soon after a click", key, clicked, 700, false],
  ["a key soon after a key", key, pressed, sameActMs - 1, false],
  ["a key after a while", key, pressed, sameActMs, true],
] as const)("after an act: %s", (_, act, last, laterMs, meant) => {
  expect(isMeant(act, there, last, at + laterMs)).toBe(meant);
});
