import { expect, test } from "vitest";
import { createFakeClock } from "../../testing/fake-clock.ts";
import { ok, type Check } from "../../kernel/check.ts";
import { runChecks } from "./run-checks.ts";

const check = (name: string, run: Check["run"]): Check => ({ name, title: name.toUpperCase(), run });

test("a check that throws, rejects or never answers spoils nothing for the others", async () => {
  const clock = createFakeClock();
  let wasAborted = false;
  const results = runChecks(
    [
      check("good", () => ok("fine")),
      check("throws", () => {
        throw new Error("boom");
      }),
      check("rejects", () => Promise.reject(new Error("nope"))),
      check("hangs", (signal) => {
        signal.addEventListener("abort", () => (wasAborted = true));
        return new Promise(() => undefined);
      }),
    ],
    clock,
  );
  await new Promise(setImmediate);
  clock.advance(5000);
  expect(await results).toMatchObject([
    { name: "good", title: "GOOD", state: "ok", message: "fine", fix: null },
    { name: "throws", state: "failed", message: "The check itself failed: boom" },
    { name: "rejects", state: "failed", message: "The check itself failed: nope" },
    { name: "hangs", state: "failed", message: "No answer within 5 seconds." },
  ]);
  expect(wasAborted).toBe(true);
  expect(clock.waiting).toBe(0);
});
