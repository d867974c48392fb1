import { expect, test, vi } from "vitest";
import { Door, personAt } from "../../contract/principal.ts";
import { createCore } from "../../testing/core.ts";
import { allow, ask, statusOnDisk } from "./testing/ask.ts";

test.each(Door.options)(
  "an answer by %s waits for the disk unless a program may have given it",
  async (door) => {
    const made = createCore();
    const durably = vi.spyOn(made.commit, "durably");
    const question = await ask(made);
    made.permissions.decide(question.id, allow(), { ...personAt("popup"), door });
    expect((await question.answer).outcome).toBe("allowed");
    expect(durably).toHaveBeenCalledTimes(door === "api" ? 0 : 1);
    expect(statusOnDisk(made, question.id)).toBe("allowed");
  },
);
