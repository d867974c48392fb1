import * as z from "zod";
import { parseDuration } from "../../../contract/duration.ts";
import { defineSection } from "../../../contract/settings-section.ts";

/** What happens to a call that needs permission, before any grant or person is asked. */
export const Tier = z.enum(["prompt", "read_only", "trusted"]);
export type Tier = z.infer<typeof Tier>;

const PermissionSettings = z.object({
  /** Go duration such as `10m`; `0` waits as long as it takes. */
  timeout: z
    .string()
    .refine(
      (text) => parseDuration(text) !== null,
      "must be a duration such as 10m or 1h30m, or 0 for no limit",
    )
    .default("10m"),
  defaultTier: Tier.default("prompt"),
  /** By channel: what stands before the first colon of a client's or a session's name. */
  channels: z.record(z.string(), Tier).default({}),
});
export type PermissionSettings = z.output<typeof PermissionSettings>;

/** How long a request waits for a person; null is as long as it takes. */
export function permissionTimeoutMs({ timeout }: PermissionSettings): number | null {
  return parseDuration(timeout) || null;
}

const STRICTEST_FIRST: readonly Tier[] = ["read_only", "prompt", "trusted"];

/**
 * The rule for a channel, if it has one of its own. Names are compared as Glue does, trimmed and in lower case; if two
 * rules are for one channel, the stricter holds.
 */
export function tierOfChannel(channels: Readonly<Record<string, Tier>>, channel: string): Tier | undefined {
  const tiers = Object.entries(channels)
    .filter(([name]) => nameOf(name) === channel)
    .map(([, tier]) => tier);
  return STRICTEST_FIRST.find((tier) => tiers.includes(tier));
}

const nameOf = (channel: string) => channel.trim().toLowerCase();

const isLooser = (after: Tier, before: Tier) =>
  STRICTEST_FIRST.indexOf(after) > STRICTEST_FIRST.indexOf(before);

/** What a call meets after its tier was loosened; nothing is looser for having become `read_only`. */
const sentence = (whose: string, tier: Tier) =>
  tier === "trusted"
    ? `Every command of ${whose} would run without asking.`
    : `Commands of ${whose} would ask you instead of being refused.`;

function loosenedDefault(before: PermissionSettings, after: PermissionSettings): string[] {
  if (!isLooser(after.defaultTier, before.defaultTier)) return [];
  return [sentence("clients without a rule of their own", after.defaultTier)];
}

/** A rule that goes leaves its channel to the default, which may let through more. */
function loosenedChannels(before: PermissionSettings, after: PermissionSettings): string[] {
  const channels = new Set([...Object.keys(before.channels), ...Object.keys(after.channels)].map(nameOf));
  return [...channels].flatMap((channel) => {
    const tierBefore = tierOfChannel(before.channels, channel) ?? before.defaultTier;
    const tierAfter = tierOfChannel(after.channels, channel) ?? after.defaultTier;
    return isLooser(tierAfter, tierBefore) ? [sentence(`${channel} clients`, tierAfter)] : [];
  });
}

export const permissionSettings = defineSection({
  name: "permissions",
  schema: PermissionSettings,
  loosens: (before, after) => [...loosenedDefault(before, after), ...loosenedChannels(before, after)],
});
