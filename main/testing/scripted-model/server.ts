import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { anthropicDialect } from "./anthropic-dialect.ts";
import type { Dialect } from "./dialect.ts";
import { openAiDialect } from "./openai-dialect.ts";
import { type Answer, isRefusal, type Reply } from "./reply.ts";

export interface RecordedRequest {
  readonly dialect: Dialect["name"];
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Readonly<Record<string, unknown>>;
  /** The client's port: the same for requests over one connection. */
  readonly clientPort: number | undefined;
  /** How it ended: the whole reply was sent, or the client closed the connection before. */
  readonly ended: Promise<"complete" | "closed">;
}

export interface ScriptedModel {
  /** For both dialects: `<url>/v1` is a base URL of the OpenAI kind, `<url>` one of the Anthropic kind. */
  readonly url: string;
  /** Requests for an answer, in order. Model lists are not recorded. */
  readonly requests: readonly RecordedRequest[];
  /** Queues replies, one per request. Afterwards `otherwise` answers. */
  script(...replies: readonly Reply[]): void;
  close(): Promise<void>;
}

export interface ScriptedModelOptions {
  readonly port?: number;
  readonly models?: readonly string[];
  /** The reply when nothing is scripted; the default says so. */
  readonly otherwise?: (body: Readonly<Record<string, unknown>>) => Reply;
}

const ANSWERING: Readonly<Record<string, Dialect>> = {
  "/v1/chat/completions": openAiDialect,
  "/v1/messages": anthropicDialect,
};

/** A model server for tests and for trying things by hand: real HTTP on loopback, both common dialects, no model. */
export async function startScriptedModel(options: ScriptedModelOptions = {}): Promise<ScriptedModel> {
  const requests: RecordedRequest[] = [];
  const queue: Reply[] = [];
  const models = options.models ?? ["scripted"];
  const otherwise = options.otherwise ?? (() => ({ text: "Nothing is scripted." }));

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    if (path === "/v1/models") {
      const dialect = "anthropic-version" in request.headers ? anthropicDialect : openAiDialect;
      response.setHeader("content-type", "application/json").end(JSON.stringify(dialect.modelList(models)));
      return;
    }
    const dialect = ANSWERING[path];
    if (dialect === undefined) {
      response.writeHead(404, { "content-type": "text/plain" }).end("404 page not found");
      return;
    }
    const body = await bodyOf(request);
    const clientPort = request.socket.remotePort;
    const ended = new Promise<"complete" | "closed">((resolve) => {
      response.once("close", () => resolve(response.writableFinished ? "complete" : "closed"));
    });
    requests.push({ dialect: dialect.name, path, headers: request.headers, body, clientPort, ended });
    await send(response, dialect, queue.shift() ?? otherwise(body), textOr(body["model"], "scripted"));
  }

  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    requests,
    script: (...replies) => void queue.push(...replies),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function send(response: ServerResponse, dialect: Dialect, reply: Reply, model: string): Promise<void> {
  if (isRefusal(reply)) {
    response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
    response.end(reply.body ?? dialect.errorBody(reply));
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  response.flushHeaders();
  for (const frame of framesOf(reply, dialect, model)) {
    if (reply.delayMs !== undefined) await wait(reply.delayMs);
    if (response.destroyed) return;
    if (!response.write(frame)) await drained(response);
  }
  if (reply.breakAfter === undefined) response.end();
  else response.socket?.destroySoon();
}

function framesOf(answer: Answer, dialect: Dialect, model: string): string[] {
  const frames = [...(answer.rawFrames ?? []), ...dialect.frames(answer, model)];
  const { breakAfter, endAfter, failAfter } = answer;
  if (failAfter !== undefined) {
    return [...frames.slice(0, failAfter.frames), dialect.errorFrame(failAfter.type, failAfter.message)];
  }
  return frames.slice(0, breakAfter ?? endAfter ?? frames.length);
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      response.off("drain", settle).off("close", settle);
      resolve();
    };
    response.on("drain", settle).on("close", settle);
  });
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  if (typeof parsed !== "object" || parsed === null) throw new Error("the request body is not an object");
  return { ...parsed };
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address === "string" || address === null)
    throw new Error("the server does not listen on a port");
  return address.port;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
