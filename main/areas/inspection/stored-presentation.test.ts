import { expect, test } from "vitest";
import type { Presentation } from "./contract.ts";
import { storedPresentation } from "./stored-presentation.ts";

const presentation = (hunks: unknown): Presentation => ({
  wants: "wants to change a file",
  act: "change `a`",
  body: {
    kind: "diff",
    diff: { path: "a", status: "changed", added: 1, removed: 1, hunks: hunks as [], note: null },
  },
  risks: [],
});

test("a change that an earlier version put on record reads as one of today", () => {
  const line = (kind: string, text: string) => ({ kind, before: 1, after: 1, text });
  const listed = [
    line("same", "x"),
    line("removed", "y"),
    line("same", "\\ No newline at end of file"),
    line("added", "z"),
  ];
  const today = presentation([
    { beforeStart: 1, afterStart: 1, text: " x\n-y\n\\ No newline at end of file\n+z" },
  ]);
  expect(storedPresentation(presentation([{ beforeStart: 1, afterStart: 1, lines: listed }]))).toEqual(today);
  expect(storedPresentation(today)).toEqual(today);
  const command: Presentation = { ...today, body: { kind: "command", text: "ls" } };
  expect(storedPresentation(command)).toBe(command);
});
