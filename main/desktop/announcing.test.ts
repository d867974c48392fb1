import { expect, test } from "vitest";
import type { WaitingItem } from "../areas/waiting/contract.ts";
import { createAnnouncing } from "./announcing.ts";

const item = (id: string) => ({ id }) as WaitingItem;

function desk() {
  const announced: string[] = [];
  const reminded: string[] = [];
  let isAtInbox = false;
  const announcing = createAnnouncing({
    isAtInbox: () => isAtInbox,
    announce: ({ id }) => void announced.push(id),
    remind: ({ id }) => void reminded.push(id),
  });
  return { announcing, reminded, take: () => announced.splice(0), look: (at: boolean) => (isAtInbox = at) };
}

test("what is asked is announced once", () => {
  const { announcing, take } = desk();
  announcing.asked(item("a"));
  announcing.left();
  expect(take()).toEqual(["a"]);
});

test("what comes while the inbox is looked at is announced when the person turns away without an answer", () => {
  const { announcing, reminded, take, look } = desk();
  look(true);
  for (const id of ["a", "b"]) announcing.asked(item(id));
  announcing.left();
  expect(take()).toEqual([]);
  expect(reminded).toEqual(["a", "b"]);
  announcing.settled(item("a"));
  look(false);
  announcing.left();
  announcing.left();
  expect(take()).toEqual(["b"]);
});
