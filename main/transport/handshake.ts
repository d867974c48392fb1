import { createHmac, randomBytes } from "node:crypto";
import * as z from "zod";
import type { Clock } from "../kernel/clock.ts";
import { isSameSecret } from "../kernel/same-secret.ts";

/**
 * How the command line and the daemon prove to each other that both hold the owner key, before either says anything
 * worth stealing: a process that has taken the port of a daemon that was killed learns nothing.
 *
 * 1. The client sends a nonce. 2. The daemon answers with a nonce of its own and a proof: an HMAC with the owner key
 * over both nonces and the address the client has called. 3. The client checks it, and only then makes the session's
 * token: an HMAC over the same with other words, which is at once its own proof. The token never travels from the
 * daemon to the client, and costs no further round trip.
 *
 * The address is part of what is proven, so nothing can be relayed to a daemon that listens elsewhere.
 */
export const HandshakeRequest = z.strictObject({ nonce: z.string().regex(/^[0-9a-f]{32}$/) });
export const HandshakeAnswer = z.object({
  nonce: z.string().regex(/^[0-9a-f]{88}$/),
  proof: z.string().regex(/^[0-9a-f]{64}$/),
});
export type HandshakeAnswer = z.infer<typeof HandshakeAnswer>;

/** What both sides know after the exchange. `host` is the client's `Host` header, in lower case. */
export interface Transcript {
  readonly clientNonce: string;
  readonly daemonNonce: string;
  readonly host: string;
}

export const newClientNonce = (): string => randomBytes(16).toString("hex");

export function daemonProof(ownerKey: string, transcript: Transcript): string {
  return keyed(ownerKey, "gatehouse daemon 1", transcript);
}

/** What the client sends as a bearer token from then on. */
export function sessionToken(ownerKey: string, transcript: Transcript): string {
  const { clientNonce, daemonNonce } = transcript;
  return `gs_${clientNonce}_${daemonNonce}_${clientProof(ownerKey, transcript)}`;
}

const clientProof = (ownerKey: string, transcript: Transcript) =>
  keyed(ownerKey, "gatehouse client 1", transcript);

const SESSION_TOKEN = /^gs_([0-9a-f]{32})_([0-9a-f]{88})_([0-9a-f]{64})$/;

/** A client asks for a new session by itself when the old one has ended. */
const SESSION_MS = 15 * 60_000;

/** The daemon's side. */
export interface Handshakes {
  greet(clientNonce: string, host: string): HandshakeAnswer;
  /** Whether this is the token of a session that was begun at this address and has not ended. */
  isSession(token: string, host: string): boolean;
}

/**
 * Nothing is kept between the two steps: the daemon's nonce carries its time by both clocks and a seal that only this process can
 * make. So there is nothing to fill up, no session outlives the process, and a greeting costs less than the reading
 * of its request.
 */
export function createHandshakes(ownerKey: string, clock: Pick<Clock, "now" | "steady">): Handshakes {
  const processSecret = randomBytes(32).toString("hex");
  const sealOf = (stamp: string, clientNonce: string, host: string) =>
    keyed(processSecret, "gatehouse nonce 1", { clientNonce, daemonNonce: stamp, host }).slice(0, 32);

  return {
    greet(clientNonce, host) {
      const times = [clock.now(), clock.steady()].map((time) => time.toString(16).padStart(12, "0"));
      const stamp = times.join("") + randomBytes(16).toString("hex");
      const nonce = stamp + sealOf(stamp, clientNonce, host);
      return { nonce, proof: daemonProof(ownerKey, { clientNonce, daemonNonce: nonce, host }) };
    },
    isSession(token, host) {
      const [, clientNonce, daemonNonce, proof] = SESSION_TOKEN.exec(token) ?? [];
      if (clientNonce === undefined || daemonNonce === undefined || proof === undefined) return false;
      const stamp = daemonNonce.slice(0, 56);
      const isOurs = isSameSecret(daemonNonce.slice(56), sealOf(stamp, clientNonce, host));
      const wallAge = clock.now() - Number.parseInt(stamp.slice(0, 12), 16);
      const steadyAge = clock.steady() - Number.parseInt(stamp.slice(12, 24), 16);
      const isProven = isSameSecret(proof, clientProof(ownerKey, { clientNonce, daemonNonce, host }));
      return isOurs && isProven && Math.max(Math.abs(wallAge), steadyAge) < SESSION_MS;
    },
  };
}

function keyed(key: string, words: string, { clientNonce, daemonNonce, host }: Transcript): string {
  return createHmac("sha256", key).update([words, clientNonce, daemonNonce, host].join("\n")).digest("hex");
}
