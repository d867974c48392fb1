import { expect, test } from "vitest";
import { createCore } from "../../testing/core.ts";
import { allow, ask, ledger, AT_POPUP, statusOnDisk } from "./testing/ask.ts";

test("a new grant answers what waits behind it, and only what it covers", async () => {
  const made = createCore();
  const first = await ask(made, { value: "a.txt" });
  const same = await ask(made, { value: "a.txt" });
  const otherTarget = await ask(made, { value: "b.txt" });
  const otherClient = await ask(made, { value: "a.txt", client: "codex" });

  made.permissions.decide(first.id, allow("session_target"), AT_POPUP);

  expect(await same.answer).toMatchObject({ outcome: "allowed", decidedBy: { kind: "grant" } });
  expect(statusOnDisk(made, same.id)).toBe("allowed");
  expect(made.permissions.pending().map(({ id }) => id)).toEqual([otherTarget.id, otherClient.id]);
  expect((await ledger(made)).filter(({ outcome }) => outcome === "allowed")).toHaveLength(2);
});

test("an answer for once leaves the same question behind it waiting", async () => {
  const made = createCore();
  const first = await ask(made, { value: "a.txt" });
  const same = await ask(made, { value: "a.txt" });
  made.permissions.decide(first.id, allow("once"), AT_POPUP);
  expect(made.permissions.pending().map(({ id }) => id)).toEqual([same.id]);
});
