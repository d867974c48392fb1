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

const request = (name: string) =>
  ({
    id: `perm_${name}`,
    clientId: "codex",
    wants: "wants to read",
    act: `read ${name}`,
    riskLevel: "low",
    sight: "act",
    tool: "read_file",
    workDir: "/home/me/app",
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
  const notifier = createNotifier({
    clock,
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
  return { clock, notifier, take, become: (to: Partial<Situation>) => (change = to) };
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
