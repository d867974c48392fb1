import { hash, timingSafeEqual } from "node:crypto";

const digestOf = (text: string) => hash("sha256", text, "buffer");

/**
 * Compares what many callers send with a secret that stays the same. Digests are compared, as in `isSameSecret`; the
 * secret's own is made once.
 */
export function secretMatcher(secret: string): (candidate: string) => boolean {
  const expected = digestOf(secret);
  return (candidate) => timingSafeEqual(digestOf(candidate), expected);
}

/** Compares digests, so that neither content nor length of a secret shows in the time it takes. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(digestOf(one), digestOf(other));
}
