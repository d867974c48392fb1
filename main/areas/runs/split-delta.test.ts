import { expect, test } from "vitest";
import { splitDelta } from "./split-delta.ts";

const pieces = (delta: string) =>
  splitDelta({ type: "text_delta", delta }).map((piece) => (piece.type === "text_delta" ? piece.delta : ""));

test("leaves alone what is not too long", () => {
  const short = { type: "text_delta", delta: "x".repeat(65_536) } as const;
  expect(splitDelta(short)).toEqual([short]);
  const other = { type: "error", error: "x".repeat(1_000_000) } as const;
  expect(splitDelta(other)).toEqual([other]);
});

test("makes pieces that are the whole when put together", () => {
  const text = `${"x".repeat(65_535)}🙂${"y".repeat(200_000)}🙂`;
  expect(pieces(text).join("")).toBe(text);
  expect(pieces(text).map(({ length }) => length <= 65_536)).not.toContain(false);
});

test("cuts no character in half", () => {
  for (const text of [`${"x".repeat(65_535)}🙂`, "🙂".repeat(100_000)]) {
    expect(pieces(text).filter((piece) => /\p{Cs}/u.test(piece))).toEqual([]);
    expect(pieces(text).join("")).toBe(text);
  }
});

test("gets through text that is no text", () => {
  const text = "\ud83d".repeat(200_000);
  expect(pieces(text).join("")).toBe(text);
});
