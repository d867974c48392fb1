import { hash, timingSafeEqual } from "node:crypto";

const digestOf = (text: string) => hash("sha256", text, "buffer");

/**
 * Finds out which of several secrets a caller has sent. Digests are compared, as in `isSameSecret`: the candidate's is
 * made once for all of them, theirs once for all callers.
 */
export function createSecretLookup<T>(
  known: readonly { readonly secret: string; readonly holder: T }[],
): (candidate: string) => T | null {
  const expected = known.map(({ secret, holder }) => ({ digest: digestOf(secret), holder }));
  return (candidate) => {
    const digest = digestOf(candidate);
    return expected.find((entry) => timingSafeEqual(digest, entry.digest))?.holder ?? null;
  };
}

/** Compares digests, so that neither content nor length of a secret shows in the time it takes. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(digestOf(one), digestOf(other));
}
