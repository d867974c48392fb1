import type { Endpoint } from "../contract/define.ts";
import { headerText } from "../transport/surface-kit/header-text.ts";
import { CliError, exitCodes } from "./exit-codes.ts";
import { notGatehouse, Unreachable, type DaemonAddress } from "./handshake.ts";

/** A refusal by the daemon. The code is what to act on; the message is for the person. */
export class DaemonRefusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly data: unknown;

  constructor(status: number, error: { code: string; message: string; data?: unknown }) {
    super(error.message);
    this.name = "DaemonRefusal";
    this.code = error.code;
    this.status = status;
    this.data = error.data;
  }
}

/** Where a call goes, and what of its input is left for the body. */
export function targetOf(
  { method, path }: Pick<Endpoint, "method" | "path">,
  input: Readonly<Record<string, unknown>>,
): { readonly target: string; readonly body: Readonly<Record<string, unknown>> | null } {
  const rest = { ...input };
  const filled = path.replaceAll(/:(\w+)/g, (_whole, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(textOf(value));
  });
  if (method === "POST" || method === "PUT") return { target: filled, body: rest };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) query.set(name, textOf(value));
  return { target: query.size > 0 ? `${filled}?${query.toString()}` : filled, body: null };
}

/** Paths and queries hold texts and numbers only. */
const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

interface Sending {
  readonly method: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Contract: resolves with a 2xx answer; throws DaemonRefusal, or CliError when nobody of ours answers. */
export async function send(address: DaemonAddress, path: string, init: Sending): Promise<Response> {
  const answer = await attempt(address, path, init, await address.token());
  // A session ends after a while; a new one is begun once.
  if (answer.status !== 401) return accepted(address, answer);
  await answer.body?.cancel();
  return accepted(address, await attempt(address, path, init, await address.token(true)));
}

async function attempt(
  { baseUrl }: DaemonAddress,
  path: string,
  init: Sending,
  token: string,
): Promise<Response> {
  const headers = {
    ...init.headers,
    authorization: headerText(`Bearer ${token}`),
    "x-gatehouse-client": "cli",
  };
  try {
    return await fetch(`${baseUrl}/gatehouse/v1${path}`, { ...init, headers, redirect: "error" });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new Unreachable(baseUrl, cause);
  }
}

async function accepted({ baseUrl }: DaemonAddress, answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  const error = await refusalIn(answer);
  if (error === null) throw notGatehouse(baseUrl, answer.status);
  if (error.code === "request.unauthorized") {
    throw new CliError(`Gatehouse at ${baseUrl} refuses the token.`, exitCodes.unreachable);
  }
  throw new DaemonRefusal(answer.status, error);
}

async function refusalIn(
  answer: Response,
): Promise<{ code: string; message: string; data?: unknown } | null> {
  try {
    const { error } = (await answer.json()) as {
      error?: { code?: unknown; message?: unknown; data?: unknown };
    };
    if (typeof error?.code !== "string") return null;
    return { code: error.code, message: String(error.message), data: error.data };
  } catch {
    return null;
  }
}
