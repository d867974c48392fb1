import * as http from "node:http";
import { MAX_ANSWER_BYTES, MAX_MODEL_LIST_BYTES, MAX_MODEL_LIST_VALUES } from "../../../contract/limits.ts";
import { ModelError } from "../../../areas/runs/model.ts";
import { createJsonBounds } from "../../../kernel/json-bounds.ts";
import { readRefusal } from "./refusal.ts";

const MAX_ERROR_BODY = 64 * 1024;
const PATIENCE_FOR_END_MS = 500;
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
    const isAnswer = init.method === "POST";
    const body = isAnswer ? streamOf(response) : await listOf(response);
    return new Response(body, { status, headers });
  }
  const said =
    status < 400 ? `the address has moved to ${headers.get("location")}` : await beginningOf(response);
  if (status < 400) response.destroy();
  const body = JSON.stringify({ error: readRefusal(status, said) });
  return new Response(body, { status: Math.min(status, 599), headers });
}

/**
 * What is there is taken in one piece: a server may send its bytes one by one, and every piece on its way through a stream
 * costs as much as thousands of bytes.
 */
function streamOf(response: http.IncomingMessage): ReadableStream<Uint8Array> {
  const pieces = response[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let total = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done === true) return controller.close();
        total += value.length;
        if (total > MAX_ANSWER_BYTES) {
          response.destroy();
          throw notTaken(`it is longer than ${MAX_ANSWER_BYTES / 1024 / 1024} MiB`);
        }
        controller.enqueue(value);
      },
      /** Who has read enough leaves at most the end of it: with that the connection can serve the next request. */
      async cancel() {
        const late = setTimeout(() => response.destroy(), PATIENCE_FOR_END_MS);
        while ((await pieces.next().catch(() => NO_MORE)).done !== true);
        clearTimeout(late);
      },
    },
    { highWaterMark: 0 },
  );
}

const NO_MORE = { done: true } as const;

/** The SDKs parse it as a whole. */
async function listOf(response: http.IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const pieces: Buffer[] = [];
  const bounds = createJsonBounds(MAX_MODEL_LIST_VALUES);
  let total = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    pieces.push(piece);
    total += piece.length;
    if (total > MAX_MODEL_LIST_BYTES) {
      throw notTaken(`it is longer than ${MAX_MODEL_LIST_BYTES / 1024 / 1024} MiB`);
    }
    const excess = bounds.add(piece);
    if (excess !== null) throw notTaken(`it has ${excess}`);
  }
  return Buffer.concat(pieces);
}

const notTaken = (why: string) =>
  new ModelError(`the server's answer was not taken: ${why}`, { isFinal: true });

/** The server closed a kept connection at the very moment it was used again, most likely without a look at the request. */
class StaleConnectionError extends Error {}

async function send(url: URL, init: RequestInit): Promise<http.IncomingMessage> {
  // With TLS come its certificates, all of them: a daemon whose model is on this machine has no use for either.
  const { request } = url.protocol === "https:" ? await import("node:https") : http;
  for (;;) {
    try {
      return await sendOnce(request, url, init);
    } catch (error) {
      if (!(error instanceof StaleConnectionError)) throw error;
    }
  }
}

function sendOnce(open: typeof http.request, url: URL, init: RequestInit): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { signal } = init;
    const request = open(url, {
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
    const { body } = init;
    request.end(typeof body === "string" || body instanceof Uint8Array ? body : undefined);
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
