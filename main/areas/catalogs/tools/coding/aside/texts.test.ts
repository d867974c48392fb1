import { expect, test } from "vitest";
import { textDiff } from "../../../../inspection/diff.ts";
import { inspect } from "../../../../inspection/inspect.ts";
import { applyEdit } from "../edit/apply.ts";
import { ToolFailure } from "../failure.ts";
import { edit, inspectTexts, showChange } from "./texts.ts";

/** The main thread's own time on a processor. */
async function ownMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

const MIXED = "аa рауравl\n".repeat(60_000);

test.each(["short аa\n", MIXED.slice(0, 30_000), "plain\n".repeat(40_000)])(
  "what is shown of a change is the same in any thread: %#",
  async (text) => {
    const change = { path: "a.txt", status: "changed", before: text, after: `${text}x\n` } as const;
    expect(await showChange(change)).toEqual(textDiff(change));
  },
);

test.each(["short", "\u202e".repeat(30_000)])(
  "what a call means is the same in any thread: %#",
  async (text) => {
    const call = { kind: "call", tool: "t", arguments: { text } } as const;
    expect(await inspectTexts(call, { workDir: "/w" })).toEqual(inspect(call, { workDir: "/w" }));
  },
);

test.each(["b\n", "b\n".repeat(40_000)])("an edit is the same in any thread: %#", async (after) => {
  const text = `a\n${after}`;
  const replacement = { old: "a", replacement: "c", all: false };
  expect(await edit(text, replacement)).toMatchObject(applyEdit(text, replacement));
  const nowhere = edit(text, { ...replacement, old: "nowhere" });
  await expect(nowhere).rejects.toThrow("old_string was not found");
  await expect(nowhere).rejects.toBeInstanceOf(ToolFailure);
});

test("long texts take next to nothing of the main thread", async () => {
  await showChange({ path: "a", status: "created", before: "", after: MIXED });
  const inThread = await ownMs(() => showChange({ path: "a", status: "changed", before: "", after: MIXED }));
  const here = await ownMs(async () => textDiff({ path: "a", status: "changed", before: "", after: MIXED }));
  expect(inThread).toBeLessThan(here / 3);
});
