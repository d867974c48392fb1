import { expect, test } from "vitest";
import { sampleRequest, summaryOf } from "../../testing/samples.ts";
import { asked, denying, settled, undone, waitingPermission } from "./pending-store.ts";

const sample = (index: number) => waitingPermission(summaryOf(sampleRequest(index)));
const [first, second] = [sample(1), sample(2)];
const nothing: Parameters<typeof asked>[0] = { waiting: [], settled: [], denials: [] };

test("a request that the snapshot already has is not listed twice", () => {
  const once = asked(nothing, first);
  expect(asked(once, first)).toBe(once);
  expect(asked(once, second).waiting).toEqual([first, second]);
});

test("the first outcome counts, whoever repeats it", () => {
  const byPopup = { ...first, status: "allowed" as const, decidedBy: { kind: "popup" as const, name: "" } };
  const byWindow = { ...byPopup, decidedBy: { kind: "window" as const, name: "" } };
  const state = settled(settled(asked(nothing, first), byPopup), byWindow);
  expect(state).toEqual({ waiting: [], settled: [byPopup], denials: [] });
});

test("settled requests are not remembered for ever", () => {
  let state = nothing;
  for (let index = 0; index < 200; index += 1) state = settled(state, summaryOf(sampleRequest(index)));
  expect(state.settled).toHaveLength(50);
  expect(state.settled[0]?.id).toBe(summaryOf(sampleRequest(199)).id);
});

test("a denial that can be taken back leaves the queue, and comes back to its place in it", () => {
  const both = asked(asked(nothing, { ...first, askedAt: 1 }), { ...second, askedAt: 2 });
  const denied = { ...first, askedAt: 1, status: "denied" as const };
  const held = denying(both, { request: denied, until: 5_000 });
  expect(held.waiting.map(({ id }) => id)).toEqual([second.id]);
  expect(held.denials).toHaveLength(1);
  const back = undone(held, { ...first, askedAt: 1 });
  expect(back.waiting.map(({ id }) => id)).toEqual([first.id, second.id]);
  expect([back.settled, back.denials]).toEqual([[], []]);
  expect(settled(held, denied)).toMatchObject({ settled: [{ id: first.id }], denials: [] });
});
