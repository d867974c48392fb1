import { expect, test } from "vitest";
import { DENIED_BY_PERSON } from "../../../main/contract/denied.ts";
import type { SessionId } from "../../../main/contract/ids.ts";
import { askedBy, isLasting, noteOf, settledSentence, whence } from "./outcome-words.ts";

test.each([
  [{ outcome: "allowed", decidedBy: { kind: "window", name: "" }, scope: "once" }, "Allowed in the window"],
  [
    { outcome: "allowed", decidedBy: { kind: "tray", name: "tray" }, scope: "minutes_15" },
    "Allowed in the tray menu, for 15 minutes",
  ],
  [
    { outcome: "denied", decidedBy: { kind: "api", name: "what it calls itself" }, scope: null },
    "Denied over the API",
  ],
  [
    { outcome: "denied", decidedBy: { kind: "key", name: "ci-bot" }, scope: null },
    "Denied with the key “ci-bot”",
  ],
  [
    { outcome: "denied", decidedBy: { kind: "agent", name: "codex" }, scope: null },
    "Denied by the agent “codex”",
  ],
  [
    { outcome: "allowed", decidedBy: { kind: "client", name: "Glue" }, scope: "once" },
    "Allowed by a client of Glue",
  ],
  [
    { outcome: "denied", decidedBy: { kind: "policy", name: "read only" }, scope: null },
    "Denied by the rule “read only”",
  ],
  [
    { outcome: "expired", decidedBy: { kind: "timeout", name: "" }, scope: null },
    "Expired: nobody answered in time",
  ],
  [{ outcome: "withdrawn", decidedBy: null, scope: null }, "Withdrawn"],
  [
    { outcome: "withdrawn", decidedBy: { kind: "system", name: "asker" }, scope: null },
    "Withdrawn by whoever asked",
  ],
  [
    { outcome: "withdrawn", decidedBy: { kind: "system", name: "left" }, scope: null },
    "Withdrawn because nobody waited for the answer",
  ],
  [
    { outcome: "withdrawn", decidedBy: { kind: "system", name: "cancel" }, scope: null },
    "Withdrawn because its run was canceled",
  ],
  [
    { outcome: "withdrawn", decidedBy: { kind: "system", name: "restart" }, scope: null },
    "Withdrawn by Gatehouse",
  ],
] as const)("%j reads %s", (settled, sentence) => {
  expect(settledSentence(settled)).toBe(sentence);
});

test.each([
  ["run", "claude-code", "", "claude-code"],
  ["run", " ", "nightly", "nightly"],
  ["run", "", "", "An unnamed client"],
  ["hook", "claude-code", "", "hook of claude-code"],
  ["mcp", "", "my key", "MCP client of my key"],
  ["api", "", "", "a program, over the API"],
  ["api", "deploy.sh", "", "deploy.sh"],
] as const)("a %s of %j with the key %j is asked by %s", (door, clientId, name, words) => {
  expect(askedBy({ door, clientId, asker: { kind: "key", id: "key_1", name } })).toBe(words);
});

test("a run comes from its session, everything else from its door too", () => {
  const sessionId = "release" as SessionId;
  expect(whence({ door: "run", sessionId })).toBe("release");
  expect(whence({ door: "hook", sessionId })).toBe("hook · release");
  expect(whence({ door: "hook", sessionId: null })).toBe("hook");
});

test("a note that the outcome says already is not said again", () => {
  const note = (kind: "system" | "timeout" | "policy" | "popup", name: string) =>
    noteOf({ decidedBy: { kind, name }, reason: "words" });
  expect(note("system", "asker")).toBeNull();
  expect(note("timeout", "")).toBeNull();
  expect(note("system", "restart")).toBe("words");
  expect(note("popup", "asker")).toBe("words");
});

test("words for the agent are no note, a person's own words are", () => {
  const decidedBy = { kind: "popup", name: "" } as const;
  expect(noteOf({ decidedBy, reason: DENIED_BY_PERSON })).toBeNull();
  expect(noteOf({ decidedBy, reason: "not on main" })).toBe("not on main");
  for (const name of ["shutdown", "storage"])
    expect(noteOf({ decidedBy: { kind: "system", name }, reason: "permission denied: words" })).toBeNull();
  const readOnly = { kind: "policy", name: "read only" } as const;
  expect(noteOf({ decidedBy: readOnly, reason: "permission denied: channel is read-only" })).toBeNull();
});

test("only a change of Gatehouse itself lasts, whatever an agent calls its tool", () => {
  expect(isLasting({ tool: "gatehouse", action: "loosen" })).toBe(true);
  for (const tool of ["gatehouse", "loosen"]) expect(isLasting({ tool, action: tool })).toBe(false);
});
