import { expect, test, vi } from "vitest";
import { createCore } from "../../testing/core.ts";
import type { Decider } from "./contract.ts";
import { allow, ask, statusOnDisk } from "./testing/ask.ts";

test.each<[Decider["kind"], boolean]>([
  ["popup", true],
  ["tray", true],
  ["notification", true],
  ["window", true],
  ["cli", true],
  ["api", false],
])("an answer by %s waits for the disk: %s", async (kind, waits) => {
  const made = createCore();
  const durably = vi.spyOn(made.commit, "durably");
  const question = await ask(made);
  made.permissions.decide(question.id, allow(), { kind, name: "" });
  expect((await question.answer).outcome).toBe("allowed");
  expect(durably).toHaveBeenCalledTimes(waits ? 1 : 0);
  expect(statusOnDisk(made, question.id)).toBe("allowed");
});
