import { expect, test } from "vitest";
import type { WaitingItem } from "../../areas/waiting/contract.ts";
import { createPopupCourse } from "./popup-course.ts";

const item = { kind: "permission", id: "a", decidedBy: { kind: "api", name: "" } } as unknown as WaitingItem;

/** A clock whose timers end as early as given, as the machine's do now and then. */
function earlyClock(earlyMs: number) {
  let now = 0;
  const timers: { at: number; wake: () => void }[] = [];
  return {
    steady: () => now,
    after(ms: number, wake: () => void) {
      const timer = { at: now + Math.max(0, ms - (ms > earlyMs ? earlyMs : 0)), wake };
      timers.push(timer);
      return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
    },
    run(untilMs: number) {
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= untilMs).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.splice(timers.indexOf(next), 1);
        now = Math.max(now, next.at);
        next.wake();
      }
      now = untilMs;
    },
  };
}

test.each([0, 1, 3])("what comes by itself comes, though timers end %i ms early", (earlyMs) => {
  const clock = earlyClock(earlyMs);
  const course = createPopupCourse({ clock, waiting: () => [], onChange: () => {} });
  course.put({ type: "asked", item, mayShow: true });
  clock.run(1_000);
  expect(course.state()).toMatchObject({ window: "shown", card: "a" });
  course.put({ type: "settled", item, undoableUntil: null });
  expect(course.state()).toMatchObject({ window: "shown", isLeaving: true });
  clock.run(5_000);
  expect(course.state()).toMatchObject({ window: "hidden", card: null });
});
