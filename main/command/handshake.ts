import { isSameSecret } from "../kernel/same-secret.ts";
import { daemonProof, HandshakeAnswer, newClientNonce, sessionToken } from "../transport/handshake.ts";
import type { DaemonPlace } from "./connection.ts";
import { CliError, exitCodes } from "./exit-codes.ts";

/** A daemon that has proven itself as far as it can, and what to send it. */
export interface DaemonAddress {
  readonly baseUrl: string;
  /** The bearer token; `anew` when the last one was refused. Contract: rejects with CliError, and has sent no key. */
  token(anew?: boolean): Promise<string>;
}

const NAMED_KEY = /^gh_/;

/**
 * The owner key is never sent: both sides prove that they have it, and a session's token follows from that. A named
 * key is sent as it is, because the daemon keeps only its hash and has nothing to prove with; where the connection
 * file is about this address, whoever listens there proves itself with the owner key before, each time: the daemon may
 * have been killed since, and its port taken. What a session's token opens has ended with the daemon.
 */
export function daemonAt({ baseUrl, token, ownerKey }: DaemonPlace): DaemonAddress {
  const isNamedKey = token !== null && NAMED_KEY.test(token);
  const prove = async (): Promise<string> => {
    if (!isNamedKey) return beginSession(baseUrl, token ?? ownerKey ?? "");
    if (ownerKey !== null) await beginSession(baseUrl, ownerKey);
    return token;
  };
  let proven: Promise<string> | null = null;
  return {
    baseUrl,
    token(anew = false) {
      if (anew || isNamedKey) proven = null;
      proven ??= prove();
      return proven;
    },
  };
}

async function beginSession(baseUrl: string, key: string): Promise<string> {
  const clientNonce = newClientNonce();
  const { nonce: daemonNonce, proof } = await greet(baseUrl, clientNonce);
  const transcript = { clientNonce, daemonNonce, host: new URL(baseUrl).host };
  if (isSameSecret(proof, daemonProof(key, transcript))) return sessionToken(key, transcript);
  throw new CliError(
    `What answers at ${baseUrl} is not your Gatehouse, or the token is another's. It was sent no token.`,
    exitCodes.unreachable,
  );
}

async function greet(baseUrl: string, nonce: string): Promise<HandshakeAnswer> {
  let answer: Response;
  try {
    answer = await fetch(`${baseUrl}/gatehouse/v1/handshake`, {
      method: "POST",
      body: JSON.stringify({ nonce }),
      headers: { "content-type": "application/json" },
      redirect: "error",
    });
  } catch (cause) {
    throw new Unreachable(baseUrl, cause);
  }
  const parsed = HandshakeAnswer.safeParse(await answer.json().catch(() => null));
  if (answer.ok && parsed.success) return parsed.data;
  throw notGatehouse(baseUrl, answer.status);
}

/** Nobody answers, which may pass. */
export class Unreachable extends CliError {
  constructor(baseUrl: string, cause: unknown) {
    super(
      `Gatehouse does not answer at ${baseUrl}. Start the app, or: gatehouse serve`,
      exitCodes.unreachable,
      { cause },
    );
  }
}

export const notGatehouse = (baseUrl: string, status: number): CliError =>
  new CliError(`${baseUrl} is not a Gatehouse (status ${status}).`, exitCodes.unreachable);
