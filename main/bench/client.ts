import { connect } from "./connection.ts";

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

/** Sockets are kept and used again; there are as many as exchanges at once. */
export function createBenchClient(target: Target): BenchClient {
  const { hostname, port, host } = new URL(target.baseUrl);
  const head = `Host: ${host}\r\nAuthorization: Bearer ${target.token}\r\n`;
  const idle: ReturnType<typeof connect>[] = [];

  const exchange = async (request: string, onBody: (chunk: Buffer) => void): Promise<number> => {
    const connection = idle.pop() ?? connect(hostname, Number(port));
    const status = await connection.exchange(request, onBody);
    idle.push(connection);
    return status;
  };

  const post: BenchClient["post"] = async (path, body) => {
    const json = JSON.stringify(body);
    const about = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(json)}\r\n`;
    const chunks: Buffer[] = [];
    const status = await exchange(`POST ${path} HTTP/1.1\r\n${head}${about}\r\n${json}`, (chunk) =>
      chunks.push(chunk),
    );
    return { status, body: Buffer.concat(chunks).toString("utf8") };
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
      let [bytes, events] = [0, 0];
      const status = await exchange(`GET /v1/runs/${runId}/events HTTP/1.1\r\n${head}\r\n`, (chunk) => {
        bytes += chunk.length;
        events += occurrences(chunk);
        onChunk?.(chunk);
      });
      if (status !== 200) throw new Error(`no stream: ${status}`);
      return { bytes, events };
    },
    close() {
      for (const connection of idle) connection.close();
    },
  };
}

/** Frames whose end falls on the border of two chunks are missed, which favours nobody. */
function occurrences(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(EVENT_END); at >= 0; at = chunk.indexOf(EVENT_END, at + 2)) count += 1;
  return count;
}
