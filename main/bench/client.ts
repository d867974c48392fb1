import { Agent, request, type IncomingMessage } from "node:http";

export interface Target {
  readonly baseUrl: string;
  readonly token: string;
}

/** A client that does as little as a client can, so that what is measured is the daemon. */
export interface BenchClient {
  startRun(session: string, text: string, more?: object): Promise<string>;
  /** Reads a run's events to the end of the stream. `onChunk` sees the bytes as they come. */
  stream(runId: string, onChunk?: (chunk: Buffer) => void): Promise<{ bytes: number; events: number }>;
  post(path: string, body: object): Promise<{ status: number; body: string }>;
  close(): void;
}

const EVENT_END = Buffer.from("\n\n");

export function createBenchClient(target: Target): BenchClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const { hostname, port } = new URL(target.baseUrl);
  const headers = { authorization: `Bearer ${target.token}`, "content-type": "application/json" };

  const send = (method: string, path: string, body?: string): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
      const sent = request(
        { agent, hostname, port, method, path, headers: { ...headers, ...length } },
        resolve,
      );
      sent.on("error", reject);
      sent.end(body);
    });

  const text = async (response: IncomingMessage): Promise<string> => {
    let all = "";
    for await (const chunk of response.setEncoding("utf8")) all += chunk as string;
    return all;
  };

  const post: BenchClient["post"] = async (path, body) => {
    const response = await send("POST", path, JSON.stringify(body));
    return { status: response.statusCode ?? 0, body: await text(response) };
  };

  return {
    post,
    async startRun(session, prompt, more = {}) {
      const answer = await post(`/v1/sessions/${encodeURIComponent(session)}/runs`, {
        text: prompt,
        ...more,
      });
      if (answer.status !== 201) throw new Error(`run not started: ${answer.status} ${answer.body}`);
      return (JSON.parse(answer.body) as { run_id: string }).run_id;
    },
    async stream(runId, onChunk) {
      const response = await send("GET", `/v1/runs/${runId}/events`);
      if (response.statusCode !== 200) throw new Error(`no stream: ${response.statusCode}`);
      return new Promise((resolve, reject) => {
        let [bytes, events] = [0, 0];
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          events += occurrences(chunk);
          onChunk?.(chunk);
        });
        response.on("end", () => resolve({ bytes, events }));
        response.on("error", reject);
      });
    },
    close: () => agent.destroy(),
  };
}

/** Frames whose end falls on the border of two chunks are missed, which favours nobody. */
function occurrences(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(EVENT_END); at >= 0; at = chunk.indexOf(EVENT_END, at + 2)) count += 1;
  return count;
}
