import { ALL_SCOPES, type AccessScope, type Principal } from "../../contract/principal.ts";
import { createSecretLookup } from "../../kernel/same-secret.ts";
import type { AccessKey } from "./contract.ts";

/** What a request brings to say who sends it. */
export interface Credential {
  /** The bearer token. */
  readonly token: string;
  /** The address it was sent to, as its `Host` header says, in lower case. */
  readonly host: string;
  /** What the caller calls itself. */
  readonly label: string;
}

/** A foreign dialect's clients share one token, made anew at each start, and have the rights their dialect needs. */
export interface DialectKey {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly scopes: ReadonlySet<AccessScope>;
}

/** Contract: null for whoever proves nothing. Nothing but the token and the address decides. */
export type Identify = (credential: Credential) => Principal | null;

export interface KnownCredentials {
  readonly ownerKey: string;
  /** Without a desktop there is no other way to be the person. */
  readonly isOwnerThePerson: boolean;
  readonly dialects: readonly DialectKey[];
  /** Whether this is the token of a session that was begun at this address, by who has proven to hold the owner key. */
  readonly isSession: (token: string, host: string) => boolean;
}

export function createIdentify(
  known: KnownCredentials,
  keyOf: (token: string) => AccessKey | null,
): Identify {
  const owner = known.isOwnerThePerson ? "person" : "owner";
  const holderOf = createSecretLookup<DialectKey | "owner">([
    { secret: known.ownerKey, holder: "owner" },
    ...known.dialects.map((dialect) => ({ secret: dialect.token, holder: dialect })),
  ]);

  return ({ token, host, label }) => {
    const holder = holderOf(token);
    if (holder === "owner") {
      return { kind: owner, id: owner, name: "", door: "api", proof: "token", scopes: ALL_SCOPES, label };
    }
    if (holder !== null) {
      const { id, name, scopes } = holder;
      return { kind: "client", id, name, door: "api", proof: "token", scopes, label };
    }
    if (known.isSession(token, host)) {
      const proven = { kind: "person", id: "person", name: "", door: "cli", proof: "handshake" } as const;
      return { ...proven, scopes: ALL_SCOPES, label };
    }
    const key = keyOf(token);
    if (key === null) return null;
    const { id, name, scopes } = key;
    return { kind: "key", id, name, door: "api", proof: "token", scopes: new Set(scopes), label };
  };
}
