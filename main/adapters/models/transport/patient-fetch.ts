import * as http from "node:http";
import * as https from "node:https";
import { Readable } from "node:stream";
import { readRefusal } from "./refusal.ts";

const MAX_ERROR_BODY = 64 * 1024;
/** More than any model says at once. A server that never ends would fill the memory of the gate. */
const MAX_BODY = 64 * 1024 * 1024;
/** Null-body statuses: Response refuses a stream for them. */
const EMPTY = new Set([204, 205, 304]);

/**
 * `fetch` for talking to models. Node's own gives up after five minutes without a byte, while a local model may read
 * a long prompt for longer than that; a dead connection is noticed by TCP keep-alive instead. Bodies of error
 * responses come back in one shape: `{error: Refusal}`. Redirects are not followed, a key must not travel.
 */
export async function patientFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  const response = await send(url, init);
  const status = response.statusCode ?? 502;
  const headers = new Headers();
  for (const [name, values] of Object.entries(response.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  if (EMPTY.has(status)) {
    response.resume();
    return new Response(null, { status, headers });
  }
  if (status < 300) {
    const body = (Readable.toWeb(response) as ReadableStream<Uint8Array>).pipeThrough(atMost(MAX_BODY));
    return new Response(body, { status, headers });
  }
  const said =
    status < 400 ? `the address has moved to ${headers.get("location")}` : await beginningOf(response);
  if (status < 400) response.destroy();
  const body = JSON.stringify({ error: readRefusal(status, said) });
  return new Response(body, { status: Math.min(status, 599), headers });
}

function atMost(bytes: number): TransformStream<Uint8Array, Uint8Array> {
  let total = 0;
  return new TransformStream({
    transform(chunk, controller) {
      total += chunk.length;
      if (total <= bytes) controller.enqueue(chunk);
      else controller.error(new Error(`the answer is longer than ${bytes / 1024 / 1024} MiB`));
    },
  });
}

/** The server closed a kept connection at the very moment it was used again, most likely without a look at the request. */
class StaleConnectionError extends Error {}

async function send(url: URL, init: RequestInit): Promise<http.IncomingMessage> {
  for (;;) {
    try {
      return await sendOnce(url, init);
    } catch (error) {
      if (!(error instanceof StaleConnectionError)) throw error;
    }
  }
}

function sendOnce(url: URL, init: RequestInit): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { signal } = init;
    const request = (url.protocol === "https:" ? https : http).request(url, {
      method: init.method ?? "GET",
      headers: Object.fromEntries(new Headers(init.headers)),
      ...(signal ? { signal } : {}),
    });
    request.setSocketKeepAlive(true, 30_000);
    request.on("response", resolve);
    request.on("error", (error: NodeJS.ErrnoException) => {
      const isStale = request.reusedSocket && error.code === "ECONNRESET" && signal?.aborted !== true;
      reject(isStale ? new StaleConnectionError("stale connection", { cause: error }) : error);
    });
    request.end(typeof init.body === "string" ? init.body : undefined);
  });
}

async function beginningOf(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= MAX_ERROR_BODY) break;
  }
  return Buffer.concat(chunks).toString("utf8", 0, Math.min(length, MAX_ERROR_BODY));
}
