import * as z from "zod";

/**
 * What a caller may do. `ask` puts requests to the gate and withdraws its own, `follow` sees what waits and what goes
 * on, `run` starts and cancels runs, `answer` decides what waits, `remember` widens an answer beyond once and changes
 * what is remembered, `read` and `write` are for history, sessions and memory, `configure` for settings, `admin` for
 * keys.
 */
export const AccessScope = z.enum([
  "ask",
  "follow",
  "run",
  "answer",
  "remember",
  "read",
  "write",
  "configure",
  "admin",
]);
export type AccessScope = z.infer<typeof AccessScope>;

export const ALL_SCOPES: ReadonlySet<AccessScope> = new Set(AccessScope.options);

/** Where a caller came in. The first five are the person's own front ends. */
export const Door = z.enum(["popup", "tray", "notification", "window", "cli", "api"]);
export type Door = z.infer<typeof Door>;

/**
 * `person`: at a front end of ours. `owner`: holds the owner key. `key`: holds a named key. `agent`: a connected agent.
 * `client`: a user of a foreign dialect.
 */
export const PrincipalKind = z.enum(["person", "owner", "key", "agent", "client"]);
export type PrincipalKind = z.infer<typeof PrincipalKind>;

/** Who calls, as authentication found it. Every right and every row in the ledger derives from it. */
export interface Principal {
  readonly kind: PrincipalKind;
  /** Stays the same between calls: "person", "owner", a key's id, the dialect's name for it. */
  readonly id: string;
  /** For people to read, and proven: the name of the key or agent, "" for the person and the owner. */
  readonly name: string;
  readonly door: Door;
  readonly proof: "process" | "handshake" | "token";
  readonly scopes: ReadonlySet<AccessScope>;
  /** What the caller calls itself. For people to read; it proves nothing and decides nothing. */
  readonly label: string;
}

/** The person in front of this machine, proven by the process in which the click arrived: one of ours. */
export function personAt(door: Exclude<Door, "cli" | "api">): Principal {
  return { kind: "person", id: "person", name: "", door, proof: "process", scopes: ALL_SCOPES, label: "" };
}

/** Who asked for something, as rows keep it: what was proven of a principal, and nothing it said of itself. */
export const Asker = z.object({ kind: PrincipalKind, id: z.string(), name: z.string() });
export type Asker = z.infer<typeof Asker>;

export function askerOf({ kind, id, name }: Principal): Asker {
  return { kind, id, name };
}

/** Of who has a key of his own; null for everybody else. */
export const keyIdOf = ({ kind, id }: Asker): string | null =>
  kind === "key" || kind === "agent" ? id : null;

/**
 * The name by which rules and grants go. Nobody with a key of his own takes another's; who holds all rights may act for
 * others.
 */
export function actingName({ kind, id, name, label }: Principal, claimed = ""): string {
  return kind === "key" || kind === "agent" ? name || id : claimed || label;
}
