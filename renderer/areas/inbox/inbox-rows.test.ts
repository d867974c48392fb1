import { describe, expect, test } from "vitest";
import type { SessionId } from "../../../main/contract/ids.ts";
import { forcePush, genericCall, sampleDecision, sampleRequest, summaryOf } from "../../testing/samples.ts";
import { waitingPermission } from "../permissions/pending-store.ts";
import { inboxRows, nextWaiting } from "./inbox-rows.ts";

const sample = (...of: Parameters<typeof sampleRequest>) =>
  waitingPermission(summaryOf(sampleRequest(...of)));
const push = sample(1, forcePush);
const call = sample(2, genericCall, { clientId: "codex", sessionId: "b" as SessionId });
const unnamed = sample(3, forcePush, { clientId: "" });
const now = new Date(2026, 2, 3, 12).getTime();
const today = sampleDecision(1, { at: now - 1000 });
const yesterday = sampleDecision(2, { at: now - 13 * 3_600_000 });
const all = {
  waiting: [push, call, unnamed],
  decided: [today, yesterday],
  grouping: "none",
  search: "",
  now,
} as const;

const shown = (rows: ReturnType<typeof inboxRows>) =>
  rows.map((row) => (row.kind === "heading" ? `# ${row.title}` : row.key));

describe("inboxRows", () => {
  test("puts what waits on top and leaves out what was decided on other days", () => {
    expect(shown(inboxRows(all))).toEqual([
      "# Waiting",
      push.id,
      call.id,
      unnamed.id,
      "# Decided today",
      today.id,
    ]);
  });

  test("groups in the order of the longest wait", () => {
    expect(shown(inboxRows({ ...all, decided: [], grouping: "client" }))).toEqual([
      "# claude-code",
      push.id,
      "# codex",
      call.id,
      "# An unnamed client",
      unnamed.id,
    ]);
    expect(shown(inboxRows({ ...all, decided: [], grouping: "session" }))).toEqual([
      "# fix-session-expiry",
      push.id,
      unnamed.id,
      "# b",
      call.id,
    ]);
  });

  test("a search leaves no heading without rows", () => {
    expect(shown(inboxRows({ ...all, search: " CREATE_issue " }))).toEqual(["# Waiting", call.id]);
    expect(inboxRows({ ...all, search: "nowhere" })).toEqual([]);
  });
});

test("after an answer the next request comes into view, at the end the one before", () => {
  const rows = inboxRows(all);
  expect(nextWaiting(rows, push.id)).toBe(call.id);
  expect(nextWaiting(rows, unnamed.id)).toBe(call.id);
  expect(nextWaiting(inboxRows({ ...all, waiting: [push] }), push.id)).toBeNull();
});
