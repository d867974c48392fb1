import { expect, it } from "vitest";
import { builtSupervisor } from "../../../../kernel/supervisor/built.ts";
import { createCommandsCheck } from "./commands.ts";

const run = async (...given: Parameters<typeof createCommandsCheck>) =>
  createCommandsCheck(...given).run(new AbortController().signal);

it.runIf(process.platform === "linux")("tries out what watches over commands", async () => {
  expect(await run()).toMatchObject({
    state: "ok",
    message: expect.stringContaining("Nothing outlives") as unknown,
  });
  expect((await run("/nowhere/supervisor")).state).toBe("failed");
  expect((await run("/bin/false")).state).toBe("failed");
  expect(builtSupervisor()).not.toBeNull();
});

it("says what is missing where there is none", async () => {
  const { state, message, fix } = await run(null, "linux");
  expect({ state, message, fix }).toMatchObject({
    state: "warning",
    message: expect.stringContaining("no C compiler") as unknown,
    fix: expect.stringContaining("gcc") as unknown,
  });
  for (const platform of ["darwin", "win32"] as const) {
    expect(await run(null, platform)).toMatchObject({
      state: "ok",
      message: expect.stringContaining("if Gatehouse itself is killed") as unknown,
    });
  }
});
