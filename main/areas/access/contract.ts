import * as z from "zod";
import { defineArea } from "../../contract/define.ts";
import { AccessScope } from "../../contract/principal.ts";

export const KeyId = z
  .string()
  .regex(/^key_[0-9a-f]{16}$/, "must look like key_ and 16 hex digits")
  .brand<"KeyId", "inout">();
export type KeyId = z.infer<typeof KeyId>;

/** Stands in the ledger for what was done with the key, so it is one line of plain text. */
export const KeyName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, "must not contain control characters");

/** A key for a tool or an agent. Its secret is told once, when it is made, and kept nowhere. */
export const AccessKey = z.object({
  id: KeyId,
  name: z.string(),
  scopes: z.array(AccessScope),
  createdAt: z.int(),
  /** Null: for as long as nobody revokes it. */
  expiresAt: z.int().nullable(),
  /** To the minute. */
  lastUsedAt: z.int().nullable(),
});
export type AccessKey = z.infer<typeof AccessKey>;

const MINUTE_MS = 60_000;
const TEN_YEARS_MS = 3650 * 24 * 60 * MINUTE_MS;

export const access = defineArea({
  name: "access",
  nouns: { AccessKey },
  endpoints: {
    listKeys: {
      method: "GET",
      path: "/keys",
      summary: "The keys that were made and not revoked, oldest first.",
      pages: ["window"],
      scope: "admin",
      input: z.object({}),
      output: z.object({ keys: z.array(AccessKey) }),
    },
    createKey: {
      method: "POST",
      path: "/keys",
      summary: "Makes a key. The answer is the only place where its token is ever shown.",
      status: 201,
      pages: ["window"],
      scope: "admin",
      input: z.strictObject({
        name: KeyName,
        scopes: z.array(AccessScope).min(1),
        expiresInMs: z.int().min(MINUTE_MS).max(TEN_YEARS_MS).optional(),
      }),
      output: z.object({ key: AccessKey, token: z.string() }),
    },
    revokeKey: {
      method: "DELETE",
      path: "/keys/:id",
      summary:
        "Revokes a key: its next call is refused, what it has open ends, what it asked for is withdrawn, and what was remembered for it is forgotten, all at once.",
      pages: ["window"],
      scope: "admin",
      input: z.object({ id: KeyId }),
      output: AccessKey,
    },
  },
  events: {
    created: AccessKey,
    /** At most once a minute and key. */
    used: AccessKey,
    revoked: z.object({ id: KeyId }),
    expired: z.object({ id: KeyId }),
  },
  eventScopes: { created: "admin", used: "admin", revoked: "admin", expired: "admin" },
  errors: { not_found: 404, name_taken: 409, too_many: 409, beyond_own: 403 },
});
