import { expect, test } from "vitest";
import { pressedAt } from "./press-time.ts";

test("a press counts from when it was pressed where it is heard late, and from now where it is heard at once", () => {
  const now = performance.now();
  expect(pressedAt({ timeStamp: now - 10 })).toBeGreaterThanOrEqual(now);
  expect(pressedAt({ timeStamp: 0 })).toBeGreaterThanOrEqual(now);
  expect(pressedAt({ timeStamp: now + 5_000 })).toBeLessThan(now + 5_000);
});

test("however late it is heard", async () => {
  const timeStamp = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(pressedAt({ timeStamp })).toBe(timeStamp);
});
