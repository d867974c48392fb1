import { hash, timingSafeEqual } from "node:crypto";

const digestOf = (text: string) => hash("sha256", text, "buffer");

/** Compares digests, so that neither content nor length of a secret shows in the time it takes. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(digestOf(one), digestOf(other));
}
