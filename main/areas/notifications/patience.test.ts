import { expect, test } from "vitest";
import { isOwnAnswer, PATIENCE_MS, tellAt } from "./patience.ts";

const never = -Infinity;

test("without the popup a request is told at once, with it when nobody has answered for a while", () => {
  const request = { askedAt: 100_000 };
  expect(tellAt(request, { isPopupUp: false, isInFront: false, answeredAt: never })).toBe(100_000);
  expect(tellAt(request, { isPopupUp: true, isInFront: false, answeredAt: never })).toBe(
    100_000 + PATIENCE_MS,
  );
  expect(tellAt(request, { isPopupUp: true, isInFront: false, answeredAt: 115_000 })).toBe(
    115_000 + PATIENCE_MS,
  );
  expect(tellAt(request, { isPopupUp: true, isInFront: false, answeredAt: 90_000 })).toBe(
    100_000 + PATIENCE_MS,
  );
});

test("only what the person at this desk did shows that somebody is there", () => {
  const by = (kind: "popup" | "window" | "tray" | "notification" | "cli" | "api" | "grant" | "timeout") =>
    isOwnAnswer({ kind, name: "" });
  expect([by("popup"), by("window"), by("tray"), by("notification")]).toEqual([true, true, true, true]);
  expect([by("cli"), by("api"), by("grant"), by("timeout"), isOwnAnswer(null)]).not.toContain(true);
});
