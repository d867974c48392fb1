import { createHash, timingSafeEqual } from "node:crypto";

/** True when the Authorization header is exactly `Bearer <token>`. */
export type CheckBearer = (authorization: string | undefined) => boolean;

/** Compares digests, so that neither content nor length shows in the time it takes. */
export function createBearerCheck(token: string): CheckBearer {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const expected = digest(`Bearer ${token}`);
  return (authorization) => authorization !== undefined && timingSafeEqual(digest(authorization), expected);
}
