import { expect, test } from "vitest";
import type { Situation } from "../../areas/notifications/decide-notice.ts";
import type { WaitingItem } from "../../areas/waiting/contract.ts";
import type { Run } from "../../areas/runs/contract.ts";
import type { NotificationSettings } from "../../areas/notifications/contract.ts";
import { createFakeClock } from "../../testing/fake-clock.ts";
import { createNotifier } from "./notifier.ts";

const settings: NotificationSettings = {
  enabled: true,
  sound: false,
  privacy: false,
  quietFrom: null,
  quietUntil: null,
  runEnded: true,
  popup: true,
};

const request = (name: string, askedAt = 0) =>
  ({
    kind: "permission",
    id: `perm_${name}`,
    clientId: "codex",
    wants: "wants to read",
    act: `read ${name}`,
    riskLevel: "low",
    sight: "act",
    tool: "read_file",
    workDir: "/home/me/app",
    askedAt,
    decidedBy: null,
  }) as WaitingItem;
const run = (name: string, status: Run["status"], tookMs: number) =>
  ({
    id: `run_${name}`,
    clientId: "codex",
    title: name,
    status,
    startedAt: 0,
    endedAt: tookMs,
    error: null,
  }) as Run;

function setUp() {
  const clock = createFakeClock();
  const happened: string[] = [];
  let change: Partial<Situation> = {};
  let isPopupUp = false;
  const notifier = createNotifier({
    clock,
    isPopupUp: () => isPopupUp,
    situation: () => ({
      settings,
      now: new Date(clock.now()),
      pausedUntil: null,
      isInFront: false,
      ...change,
    }),
    backend: {
      show: ({ key, title }) => void happened.push(`${key}: ${title}`),
      withdraw: (key) => void happened.push(`${key} withdrawn`),
      stop: () => Promise.resolve(),
    },
  });
  const take = () => happened.splice(0);
  return {
    clock,
    notifier,
    take,
    become: (to: Partial<Situation>) => (change = to),
    popup: (isUp: boolean) => (isPopupUp = isUp),
  };
}

test("a burst is told twice: the first request, then all of them", () => {
  const { clock, notifier, take } = setUp();
  for (const name of ["a", "b", "c"]) notifier.asked(request(name));
  expect(take()).toEqual(["permission:perm_a: codex wants to read"]);
  clock.advance(400);
  expect(take()).toEqual(["waiting: 3 requests wait for you"]);
  for (const name of ["a", "b", "c"]) notifier.settled(request(name));
  expect(take()).toEqual(["waiting withdrawn"]);
  clock.advance(10_000);
  expect(take()).toEqual([]);
  expect(clock.waiting).toBe(0);
});

test("what was not told is not withdrawn either", () => {
  const { notifier, take, become } = setUp();
  become({ isInFront: true });
  notifier.asked(request("a"));
  become({});
  notifier.settled(request("a"));
  expect(take()).toEqual([]);
});

test("who has a page of ours in front and does not answer is told all the same, after twenty seconds and once", () => {
  const { clock, notifier, take, become } = setUp();
  become({ isInFront: true });
  notifier.asked(request("a", clock.now()));
  notifier.asked(request("a", clock.now()));
  clock.advance(19_999);
  expect(take()).toEqual([]);
  clock.advance(1);
  expect(take()).toEqual(["permission:perm_a: codex wants to read"]);
  clock.advance(60_000);
  expect(take()).toEqual([]);
  expect(clock.waiting).toBe(0);
});

test("runs that end together are told together, and no more once seen", () => {
  const { clock, notifier, take } = setUp();
  notifier.runEnded(run("a", "done", 60_000));
  notifier.runEnded(run("quick", "done", 500));
  clock.advance(0);
  expect(take()).toEqual(["runs: A run of codex is done"]);
  notifier.runEnded(run("b", "failed", 10));
  clock.advance(2000);
  expect(take()).toEqual(["runs: 2 runs ended"]);
  notifier.seen();
  notifier.seen();
  expect(take()).toEqual(["runs withdrawn"]);
  clock.advance(60_000);
  notifier.runEnded(run("c", "failed", 10));
  clock.advance(0);
  expect(take()).toEqual(["runs: A run of codex failed"]);
});

test("what the popup shows is told only when nobody has answered for twenty seconds", () => {
  const { clock, notifier, take, popup } = setUp();
  popup(true);
  for (const name of ["a", "b", "c"]) notifier.asked(request(name, clock.now()));
  clock.advance(15_000);
  notifier.settled({ ...request("a"), decidedBy: { kind: "popup", name: "" } });
  clock.advance(19_999);
  expect(take()).toEqual([]);
  clock.advance(1);
  expect(take()).toEqual(["permission:perm_b: codex wants to read"]);
  clock.advance(400);
  expect(take()).toEqual(["waiting: 2 requests wait for you"]);
  for (const name of ["b", "c"]) notifier.settled(request(name));
  expect(clock.waiting).toBe(0);
});

test("what was put off in the popup is told after the same time, what was answered never", () => {
  const { clock, notifier, take, popup } = setUp();
  popup(true);
  for (const name of ["a", "b"]) notifier.asked(request(name, clock.now()));
  popup(false);
  notifier.settled(request("a"));
  clock.advance(20_000);
  expect(take()).toEqual(["permission:perm_b: codex wants to read"]);
});
