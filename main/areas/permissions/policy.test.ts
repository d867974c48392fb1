import { describe, expect, test } from "vitest";
import { applyPolicy, channelOf } from "./policy.ts";

describe("the channel of a run", () => {
  test.each([
    ["telegram:42", "s", "telegram"],
    ["Telegram:42", "s", "telegram"],
    ["  cli:x  ", "s", "cli"],
    ["a:b:c", "s", "a"],
    ["", "telegram:42", "telegram"],
    ["   ", "telegram:42", "telegram"],
    ["plain", "telegram:42", "telegram"],
    ["cli:1", "telegram:42", "cli"],
    [":x", "telegram:42", "telegram"],
    ["plain", "plain", null],
    ["", "", null],
    [":", ":", null],
  ])("client %j in session %j is %j", (clientId, sessionId, channel) => {
    expect(channelOf(clientId, sessionId)).toBe(channel);
  });
});

describe("the tiers", () => {
  const rules = { defaultTier: "prompt", channels: { cli: "trusted", telegram: "read_only" } } as const;

  test("a trusted channel is allowed, and the rule says which", () => {
    expect(applyPolicy(rules, "cli:x", "s")).toEqual({ verdict: "allow", rule: "channel cli: trusted" });
  });

  test("a read-only channel is denied in the words of the Glue contract", () => {
    expect(applyPolicy(rules, "telegram:1", "s")).toEqual({
      verdict: "deny",
      rule: "channel telegram: read_only",
      reason: "permission denied: telegram channel is read-only",
    });
    expect(applyPolicy({ defaultTier: "read_only", channels: {} }, "", "s")).toEqual({
      verdict: "deny",
      rule: "default tier: read_only",
      reason: "permission denied: channel is read-only",
    });
  });

  test("everyone else gets the default tier", () => {
    expect(applyPolicy(rules, "ide:1", "s")).toEqual({ verdict: "ask" });
    expect(applyPolicy({ ...rules, defaultTier: "trusted" }, "", "s")).toEqual({
      verdict: "allow",
      rule: "default tier: trusted",
    });
  });

  test("however a channel is spelt in the settings, its tier holds, and of two the stricter", () => {
    const spelt = {
      defaultTier: "trusted",
      channels: { " Telegram": "read_only", telegram: "trusted" },
    } as const;
    expect(applyPolicy(spelt, "telegram:1", "s")).toMatchObject({ verdict: "deny" });
  });

  test.each(["__proto__:1", "constructor:1", "toString:1"])(
    "%s is no channel that anyone has set",
    (clientId) => {
      expect(applyPolicy(rules, clientId, "s")).toEqual({ verdict: "ask" });
    },
  );
});
