import { expect, test } from "vitest";
import type { fixtureHelpers } from "./helper-thread.fixture.ts";
import { createHelperThread } from "./helper-thread.ts";

const thread = createHelperThread<typeof fixtureHelpers>(
  new URL("helper-thread.fixture.ts", import.meta.url),
  ["double", "fail", "end"],
);

test("each gets its own answer, however many ask at once", async () => {
  const asked = ["a", "✓\ud83d", "x".repeat(1_000_000)];
  expect(await Promise.all(asked.map((text) => thread.double(text)))).toEqual(
    asked.map((text) => text + text),
  );
});

test("what fails there fails here, and the next one is answered", async () => {
  const [failed, answered] = await Promise.allSettled([thread.fail("no"), thread.double("b")]);
  expect(failed).toMatchObject({ status: "rejected", reason: { message: "no" } });
  expect(answered).toEqual({ status: "fulfilled", value: "bb" });
});

test("a thread that ends leaves nobody waiting, and another one is started", async () => {
  const [ended, behind] = await Promise.allSettled([thread.end(), thread.double("c")]);
  expect([ended.status, behind.status]).toEqual(["rejected", "rejected"]);
  expect(await thread.double("d")).toBe("dd");
});
