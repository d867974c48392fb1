import { expect, test } from "vitest";
import { narrowest, popupWidth } from "./popup-width.ts";

const command = (text: string) => popupWidth({ kind: "command", text });

test("the popup grows with the longest line, not with the number of lines, up to its bound", () => {
  expect(command("git push")).toBe(narrowest);
  expect(command("ls\n".repeat(500))).toBe(narrowest);
  const medium = command(`cd app\n${"x".repeat(58)}`);
  expect(medium).toBeGreaterThan(narrowest);
  expect(medium).toBeLessThan(640);
  expect(command("x".repeat(1_000_000))).toBe(640);
  expect(command("")).toBe(narrowest);
});
