import { beforeEach, expect, test } from "vitest";
import { createFakeClock, type FakeClock } from "../testing/fake-clock.ts";
import {
  createHandshakes,
  daemonProof,
  HandshakeAnswer,
  HandshakeRequest,
  newClientNonce,
  sessionToken,
  type Handshakes,
} from "./handshake.ts";

const KEY = "k".repeat(64);
const HOST = "127.0.0.1:4100";
const MINUTE = 60_000;

let clock: FakeClock;
let handshakes: Handshakes;

beforeEach(() => {
  clock = createFakeClock();
  handshakes = createHandshakes(KEY, clock);
});

/** As the command line does it, with the key that it holds and the address that it has called. */
function begin(key = KEY, host = HOST, daemon = handshakes) {
  const clientNonce = newClientNonce();
  const { nonce: daemonNonce, proof } = HandshakeAnswer.parse(daemon.greet(clientNonce, host));
  const transcript = { clientNonce, daemonNonce, host };
  return { transcript, proof, isProven: proof === daemonProof(key, transcript) };
}

test("who holds the key proves it, and gets a session that holds for a quarter of an hour", () => {
  const { transcript, isProven } = begin();
  expect(isProven).toBe(true);
  const token = sessionToken(KEY, transcript);
  expect(handshakes.isSession(token, HOST)).toBe(true);
  clock.advance(14 * MINUTE);
  expect(handshakes.isSession(token, HOST)).toBe(true);
  clock.advance(MINUTE);
  expect(handshakes.isSession(token, HOST)).toBe(false);
});

test.each([
  ["set back by less than it lasts", (by: FakeClock) => by.set(-10 * MINUTE), false],
  ["set forth", (by: FakeClock) => by.set(10 * MINUTE), false],
  ["that went on while the machine slept", (by: FakeClock) => by.suspend(15 * MINUTE), true],
])("no session lasts longer for a clock %s", (_what, move, isAtOnce) => {
  const token = sessionToken(KEY, begin().transcript);
  move(clock);
  expect(handshakes.isSession(token, HOST)).toBe(!isAtOnce);
  clock.advance(14 * MINUTE);
  clock.advance(MINUTE);
  expect(handshakes.isSession(token, HOST)).toBe(false);
});

test("who has taken the port without the key proves nothing", () => {
  const squatter = createHandshakes("guessed", clock);
  expect(begin(KEY, HOST, squatter).isProven).toBe(false);
});

test("a greeting that is passed on from a daemon at another address proves nothing", () => {
  const clientNonce = newClientNonce();
  const { nonce: daemonNonce, proof } = handshakes.greet(clientNonce, "127.0.0.1:9999");
  expect(proof).not.toBe(daemonProof(KEY, { clientNonce, daemonNonce, host: HOST }));
});

test("no proof is anybody else's: neither the daemon's as the client's, nor one of another exchange", () => {
  const { transcript, proof } = begin();
  const token = sessionToken(KEY, transcript);
  const { clientNonce, daemonNonce } = transcript;
  const isSession = (text: string, host = HOST) => handshakes.isSession(text, host);
  expect(isSession(token)).toBe(true);
  expect(isSession(`gs_${clientNonce}_${daemonNonce}_${proof}`)).toBe(false);
  expect(isSession(token, "localhost:4100")).toBe(false);
  expect(isSession(sessionToken("guessed", transcript))).toBe(false);
  expect(isSession(sessionToken(KEY, { ...transcript, clientNonce: newClientNonce() }))).toBe(false);
  // Not even who has the key makes up the daemon's side.
  const made = "0".repeat(88);
  expect(isSession(sessionToken(KEY, { ...transcript, daemonNonce: made }))).toBe(false);
  const longer = `ffffffffffff${daemonNonce.slice(12)}`;
  expect(isSession(sessionToken(KEY, { ...transcript, daemonNonce: longer }))).toBe(false);
});

test("a session ends with the process that began it", () => {
  const { transcript } = begin();
  const next = createHandshakes(KEY, clock);
  expect(next.isSession(sessionToken(KEY, transcript), HOST)).toBe(false);
});

test("no nonce comes twice", () => {
  const nonce = newClientNonce();
  const all = Array.from({ length: 100 }, () => handshakes.greet(nonce, HOST).nonce);
  expect(new Set(all).size).toBe(100);
});

test.each([
  {},
  { nonce: "" },
  { nonce: "0".repeat(31) },
  { nonce: "0".repeat(33) },
  { nonce: "G".repeat(32) },
  { nonce: 1 },
  { nonce: "0".repeat(32), more: 1 },
])("%j begins no handshake", (request) => {
  expect(HandshakeRequest.safeParse(request).success).toBe(false);
});
