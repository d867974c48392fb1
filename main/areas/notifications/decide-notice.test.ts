import { describe, expect, test } from "vitest";
import type { RunId, SessionId } from "../../contract/ids.ts";
import type { Run } from "../runs/contract.ts";
import type { NotificationSettings } from "./contract.ts";
import {
  decideLoosenedNotice,
  decideNotice,
  decideRunNotice,
  mayShowPopup,
  type Situation,
} from "./decide-notice.ts";
import { loosenedNotice } from "./notice.ts";
import { isQuiet, minutesOfDay } from "./quiet-hours.ts";

const settings: NotificationSettings = {
  enabled: true,
  sound: true,
  privacy: false,
  quietFrom: null,
  quietUntil: null,
  runEnded: true,
  popup: true,
};
const noon = new Date(2026, 0, 5, 12, 0);
const situation = (change: Partial<Situation> = {}, set: Partial<NotificationSettings> = {}): Situation => ({
  settings: { ...settings, ...set },
  now: noon,
  pausedUntil: null,
  isInFront: false,
  ...change,
});

describe("decideNotice", () => {
  test.each([
    ["notify", situation()],
    ["disabled", situation({ pausedUntil: noon.getTime() + 1 }, { enabled: false })],
    ["paused", situation({ pausedUntil: noon.getTime() + 1 })],
    ["notify", situation({ pausedUntil: noon.getTime() })],
    ["quiet", situation({}, { quietFrom: "11:00", quietUntil: "13:00" })],
    ["in_front", situation({ isInFront: true })],
  ] as const)("%s", (expected, given) => {
    expect(decideNotice(given)).toBe(expected);
  });
});

test("the popup shows itself also when a page of ours is in front, but not when nothing may disturb", () => {
  expect(mayShowPopup(situation({ isInFront: true }))).toBe(true);
  expect(mayShowPopup(situation({}, { enabled: false }))).toBe(true);
  expect(mayShowPopup(situation({}, { popup: false }))).toBe(false);
  expect(mayShowPopup(situation({ pausedUntil: noon.getTime() + 1 }))).toBe(false);
  expect(mayShowPopup(situation({}, { quietFrom: "22:00", quietUntil: "12:01" }))).toBe(false);
});

const ended = (status: Run["status"], tookMs: number): Run => ({
  id: "run_1" as RunId,
  sessionId: "s" as SessionId,
  clientId: "",
  title: "Tidy up",
  status,
  detached: true,
  provider: "playbook",
  model: "",
  startedAt: 1000,
  endedAt: 1000 + tookMs,
  error: null,
  usage: null,
  toolCalls: 0,
  lastSeq: 1,
});

test.each([
  ["notify", ended("done", 10_000), situation()],
  ["too_short", ended("done", 9_999), situation()],
  ["notify", ended("failed", 1), situation()],
  ["not_wanted", ended("canceled", 60_000), situation()],
  ["not_wanted", ended("done", 60_000), situation({}, { runEnded: false })],
  ["in_front", ended("done", 60_000), situation({ isInFront: true })],
] as const)("a run's end: %s", (expected, run, given) => {
  expect(decideRunNotice(run, given)).toBe(expected);
});

describe("quiet hours", () => {
  test.each([
    ["22:00", "07:00", "23:59", true],
    ["22:00", "07:00", "06:59", true],
    ["22:00", "07:00", "07:00", false],
    ["22:00", "07:00", "21:59", false],
    ["09:00", "17:00", "09:00", true],
    ["09:00", "17:00", "17:00", false],
    ["09:00", "09:00", "09:00", false],
    ["24:00", "07:00", "03:00", false],
    ["late", "07:00", "03:00", false],
    [null, "07:00", "03:00", false],
  ] as const)("from %s until %s, at %s: %s", (from, until, at, expected) => {
    expect(isQuiet(from, until, minutesOfDay(at) ?? 0)).toBe(expected);
  });
});

test("that the gate lets more through is told unless it was seen where it was done", () => {
  const inFront = situation({ isInFront: true });
  expect(decideLoosenedNotice(true, inFront)).toBe("in_front");
  expect(decideLoosenedNotice(false, inFront)).toBe("notify");
  expect(decideLoosenedNotice(false, situation({}, { enabled: false }))).toBe("disabled");
  const words = (privacy: boolean) => loosenedNotice(["Nobody is asked."], { privacy, sound: false }).body;
  expect([words(false), words(true)]).toEqual(["Nobody is asked.", ""]);
});
