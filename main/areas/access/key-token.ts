import { createHash, randomBytes } from "node:crypto";
import type { KeyId } from "./contract.ts";

/** `gh_<id>_<secret>`: recognised wherever it turns up, and found by its id without a look at any secret. */
const TOKEN = /^gh_([0-9a-f]{16})_([0-9a-f]{64})$/;

export function newKeyToken(): { id: KeyId; token: string; secretHash: string } {
  const digits = randomBytes(8).toString("hex");
  const secret = randomBytes(32).toString("hex");
  return { id: `key_${digits}` as KeyId, token: `gh_${digits}_${secret}`, secretHash: hashOf(secret) };
}

/** The id a token names and the hash of its secret; null for what is no token of a key. */
export function parseKeyToken(token: string): { id: KeyId; secretHash: string } | null {
  const [, digits, secret] = TOKEN.exec(token) ?? [];
  if (digits === undefined || secret === undefined) return null;
  return { id: `key_${digits}` as KeyId, secretHash: hashOf(secret) };
}

/**
 * A fast hash is right here: a secret is 256 random bits, which nobody finds by trying, however quick each try is. A
 * slow one is for passwords that people think up; here it would only cost every request its time.
 */
function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
