import { expect, test } from "vitest";
import type { SessionId } from "../../../main/contract/ids.ts";
import { askedBy, settledSentence, whence } from "./outcome-words.ts";

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
] as const)("%j reads %s", (settled, sentence) => {
  expect(settledSentence(settled)).toBe(sentence);
});

test.each([
  ["run", "claude-code", "", "claude-code"],
  ["run", " ", "nightly", "nightly"],
  ["run", "", "", "An unnamed client"],
  ["hook", "claude-code", "", "hook of claude-code"],
  ["mcp", "", "my key", "MCP client of my key"],
  ["api", "", "", "program"],
] as const)("a %s of %j with the key %j is asked by %s", (door, clientId, name, words) => {
  expect(askedBy({ door, clientId, asker: { kind: "key", id: "key_1", name } })).toBe(words);
});

test("a run comes from its session, everything else from its door too", () => {
  const sessionId = "release" as SessionId;
  expect(whence({ door: "run", sessionId })).toBe("release");
  expect(whence({ door: "hook", sessionId })).toBe("hook · release");
  expect(whence({ door: "hook", sessionId: null })).toBe("hook");
});
