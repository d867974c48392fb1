import { expect, test } from "vitest";
import { core, end, HANG, start } from "./testing/start-run.ts";

test("takes no more runs than fit into memory, and more again once some have ended", async () => {
  const made = core([HANG, HANG, HANG, HANG]);
  const text = "x".repeat(30 * 1024 * 1024);
  const one = await start(made, { text, session: "a" });
  await start(made, { text, session: "b" });
  await expect(start(made, { text, session: "c" })).rejects.toMatchObject({ code: "runs.busy", status: 503 });
  await start(made, { text: "small", session: "d" });
  made.runs.cancel(one.id);
  await end(made, one.id);
  await start(made, { text, session: "c" });
  await made.runs.stop();
});
