import { expect, it } from "vitest";
import { emptyTimeline } from "./block.ts";
import { fold } from "./fold.ts";
import { timelineRows } from "./rows.ts";

const start = { type: "run_start", clientId: "", prompt: "x", seq: 1, at: 0 } as const;
const words = (seq: number, delta: string) => ({ type: "text_delta", delta, seq, at: 0 }) as const;

it("makes one row per piece of text and keeps those that are closed", () => {
  const first = fold(emptyTimeline, [start, words(2, "one\n\ntwo")]);
  const second = fold(first, [words(3, " more\n\nthree")]);
  const before = timelineRows(first.blocks);
  const after = timelineRows(second.blocks);
  expect(before.map((row) => row.key)).toEqual(["1", "2/0", "2/1"]);
  expect(after.map((row) => row.key)).toEqual(["1", "2/0", "2/1", "2/2"]);
  expect(after.map((row) => (row.kind === "text" ? row.text : ""))).toEqual([
    "",
    "one\n\n",
    "two more\n\n",
    "three",
  ]);
  expect(after[0]).toBe(before[0]);
});

it("has no two rows of one key", () => {
  const call = { id: "a", name: "grep", arguments: {} };
  const { blocks } = fold(emptyTimeline, [
    start,
    { type: "tool_start", call, seq: 2, at: 0 },
    words(3, "a\n\nb"),
    { type: "run_done", text: "", usage: null, seq: 4, at: 0 },
  ]);
  const keys = timelineRows(blocks).map((row) => row.key);
  expect(new Set(keys).size).toBe(keys.length);
});
