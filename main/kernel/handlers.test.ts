import { expect, test } from "vitest";
import * as z from "zod";
import { defineArea } from "../contract/define.ts";
import { handlerOf } from "./handlers.ts";

const door = defineArea({
  name: "door",
  endpoints: {},
  events: { opened: z.object({ by: z.string() }), closed: z.object({}) },
  errors: {},
});

test("an announcement reaches the handler of its event, and no other", () => {
  const seen: string[] = [];
  const handle = handlerOf(door, { opened: (_, { by }) => void seen.push(by), closed: "ignore" });
  handle({ type: "door.opened", payload: { by: "Ann" } });
  handle({ type: "door.closed", payload: {} });
  handle({ type: "gate.opened", payload: { by: "Bob" } });
  handle({ type: "opened", payload: { by: "Cid" } });
  expect(seen).toEqual(["Ann"]);
});

test("an event that is forgotten, or one that is made up, does not compile", () => {
  // @ts-expect-error `closed` has neither a handler nor "ignore".
  handlerOf(door, { opened: "ignore" });
  // @ts-expect-error There is no such event.
  handlerOf(door, { opened: "ignore", closed: "ignore", locked: "ignore" });
});
