import { expect, test } from "vitest";
import { createOpenStreams } from "./open-streams.ts";

const [ann, ben] = [{ id: "ann" }, { id: "ben" }];

function followed() {
  const streams = createOpenStreams();
  const ended: string[] = [];
  const open = (who: { id: string }, name: string) => streams.opened(who, () => void ended.push(name));
  return { streams, ended, open };
}

test("what is open ends with the rights of whom it is for, and with nobody else's", () => {
  const { streams, ended, open } = followed();
  open(ann, "a1");
  open(ben, "b1");
  open(ann, "a2")();
  streams.endOf("ann");
  streams.endOf("ann");
  expect(ended).toEqual(["a1"]);
});

test("rights that come back open anew", async () => {
  const { streams, ended, open } = followed();
  streams.endOf("ann");
  open(ann, "a1");
  await Promise.resolve();
  expect([ended, streams.hasEnded(ann)]).toEqual([[], false]);
});

test("what is opened after rights have ended for good ends too, right after the turn's work", async () => {
  const { streams, ended, open } = followed();
  open(ann, "before");
  streams.endForGood("ann");
  expect([ended, streams.hasEnded(ann), streams.hasEnded(ben)]).toEqual([["before"], true, false]);
  open(ann, "after");
  expect(ended).toEqual(["before"]);
  await Promise.resolve();
  expect(ended).toEqual(["before", "after"]);
});
