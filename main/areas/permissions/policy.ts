import { tierOfChannel, type Tier } from "./settings/contract.ts";

export interface PolicyRules {
  readonly defaultTier: Tier;
  readonly channels: Readonly<Record<string, Tier>>;
}

export type PolicyVerdict =
  | { readonly verdict: "ask" }
  | { readonly verdict: "allow"; readonly rule: string }
  | { readonly verdict: "deny"; readonly rule: string; readonly reason: string };

/**
 * The channel of a run: what stands before the first colon of its client's name, else of its session's, in lower
 * case; null when neither has a colon (Glue contract 4.6).
 */
export function channelOf(clientId: string, sessionId: string): string | null {
  for (const name of [clientId.trim(), sessionId.trim()]) {
    const colon = name.indexOf(":");
    if (colon > 0) return name.slice(0, colon).toLowerCase();
  }
  return null;
}

/** What the settings say about a call before any grant or person is asked (Glue contract 4.6). */
export function applyPolicy(rules: PolicyRules, clientId: string, sessionId: string): PolicyVerdict {
  const channel = channelOf(clientId, sessionId);
  const ofChannel = channel === null ? undefined : tierOfChannel(rules.channels, channel);
  const tier = ofChannel ?? rules.defaultTier;
  const rule = ofChannel === undefined ? `default tier: ${tier}` : `channel ${channel}: ${tier}`;
  switch (tier) {
    case "prompt":
      return { verdict: "ask" };
    case "trusted":
      return { verdict: "allow", rule };
    case "read_only":
      return {
        verdict: "deny",
        rule,
        reason: `permission denied: ${channel === null ? "" : `${channel} `}channel is read-only`,
      };
  }
}
