import { describe, expect, test } from "vitest";
import { keepRuleFor, memorySettings, type MemorySettings } from "./contract.ts";

const settings = (given: Partial<MemorySettings> = {}): MemorySettings => ({
  enabled: true,
  keep: "ask",
  clients: {},
  contextTokens: 1_000,
  ...given,
});

describe("the rule for a client", () => {
  const clients = { "claude-code": "always", telegram: "never", "telegram:7": "ask", cli: "always" } as const;
  test.each([
    ["claude-code", "always", "claude-code"],
    [" Claude-Code ", "always", "claude-code"],
    ["telegram:42", "never", "telegram"],
    ["telegram:7", "ask", "telegram:7"],
    ["cli:4711", "always", "cli"],
    ["codex", "ask", null],
    ["", "ask", null],
    [":odd", "ask", null],
  ] as const)("of %j is %s", (client, rule, whose) => {
    expect(keepRuleFor(settings({ clients }), client)).toEqual({ rule, whose });
  });

  test("is the stricter one of two", () => {
    const both = settings({ clients: { Codex: "always", "codex ": "never" } });
    expect(keepRuleFor(both, "codex").rule).toBe("never");
  });
});

describe("what loosens", () => {
  const loosens = (before: Partial<MemorySettings>, after: Partial<MemorySettings>) =>
    memorySettings.loosens?.(settings(before), settings(after));

  test.each([
    [{}, { keep: "always" }, ["Agents without a rule of their own could keep memories without asking."]],
    [
      { keep: "never" },
      {},
      ["Agents without a rule of their own could ask to keep memories instead of being refused."],
    ],
    [{}, { clients: { codex: "always" } }, ["codex could keep memories without asking."]],
    [{ clients: { codex: "never" } }, {}, ["codex could ask to keep memories instead of being refused."]],
    [
      { enabled: false },
      {},
      ["Agents could ask to keep memories.", "Models would be told what is kept in Memory."],
    ],
    [{ contextTokens: 0 }, {}, ["Models would be told what is kept in Memory."]],
  ] as const)("%j to %j", (before, after, sentences) => expect(loosens(before, after)).toEqual(sentences));

  test.each([
    [{}, { keep: "never" }],
    [{ clients: { codex: "always" } }, { clients: { codex: "ask" } }],
    [{}, { enabled: false }],
    [{}, { contextTokens: 2_000 }],
  ] as const)("%j to %j does not", (before, after) => expect(loosens(before, after)).toEqual([]));
});
