import * as z from "zod";
import type { Principal } from "./principal.ts";

/**
 * What settled something that waited: the person at a front end, somebody with a key, or a rule. `name` is the key's or
 * agent's, the dialect's, the rule's or the grant's id.
 */
export const Decider = z.object({
  kind: z.enum([
    "popup",
    "tray",
    "notification",
    "window",
    "cli",
    "api",
    "key",
    "agent",
    "client",
    "policy",
    "grant",
    "timeout",
    "system",
  ]),
  name: z.string(),
});
export type Decider = z.infer<typeof Decider>;

/** The ledger's word for who settled something: only what was proven, never what a caller calls itself. */
export function deciderOf({ kind, name, door }: Principal): Decider {
  switch (kind) {
    case "person":
    case "owner":
      return { kind: door, name: "" };
    case "key":
    case "agent":
    case "client":
      return { kind, name };
  }
}

/** A person's click outlives a loss of power; waiting for the disk costs a program more than it is worth. */
export function isClick({ kind }: Decider): boolean {
  return ["popup", "tray", "notification", "window", "cli"].includes(kind);
}
