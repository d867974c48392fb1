import { connect as openSocket } from "node:net";

const HEAD_END = Buffer.from("\r\n\r\n");
const LINE_END = Buffer.from("\r\n");

/** One socket for HTTP exchanges, one after the other. Knows of HTTP what the daemons measured here speak. */
export function connect(host: string, port: number) {
  const socket = openSocket({ host, port, noDelay: true });
  let read: (bytes: Buffer) => void = () => {};
  let fail: (error: Error) => void = () => {};
  socket.on("data", (bytes) => read(bytes));
  socket.on("error", (error) => fail(error));
  socket.on("close", () => fail(new Error("the connection was closed")));

  return {
    /** Sends the request and resolves with the status once the whole answer has come. */
    exchange: (request: string, onBody: (chunk: Buffer) => void): Promise<number> =>
      new Promise((resolve, reject) => {
        fail = reject;
        read = createAnswerReader(onBody, resolve);
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** Takes an answer apart as it comes. */
function createAnswerReader(
  onBody: (chunk: Buffer) => void,
  onEnd: (status: number) => void,
): (bytes: Buffer) => void {
  let status = 0;
  let body: ((bytes: Buffer) => boolean) | null = null;
  let left: Buffer = Buffer.alloc(0);
  return (bytes) => {
    if (body === null) {
      left = left.length === 0 ? bytes : Buffer.concat([left, bytes]);
      const end = left.indexOf(HEAD_END);
      if (end < 0) return;
      const head = left.toString("latin1", 0, end);
      status = Number(head.slice("HTTP/1.1 ".length, "HTTP/1.1 200".length));
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      body = length === undefined ? chunked(onBody) : sized(Number(length), onBody);
      bytes = left.subarray(end + HEAD_END.length);
    }
    if (body(bytes)) onEnd(status);
  };
}

/** True once all of the body has been seen. */
function sized(length: number, onBody: (chunk: Buffer) => void): (bytes: Buffer) => boolean {
  let missing = length;
  return (bytes) => {
    missing -= bytes.length;
    if (bytes.length > 0) onBody(bytes);
    return missing <= 0;
  };
}

function chunked(onBody: (chunk: Buffer) => void): (bytes: Buffer) => boolean {
  let left: Buffer = Buffer.alloc(0);
  /** Of the chunk that is being read, with its line end. */
  let missing = 0;
  return (bytes) => {
    let rest = left.length === 0 ? bytes : Buffer.concat([left, bytes]);
    for (;;) {
      if (missing > 0) {
        const taken = Math.min(missing, rest.length);
        const content = Math.min(taken, Math.max(0, missing - LINE_END.length));
        if (content > 0) onBody(rest.subarray(0, content));
        missing -= taken;
        rest = rest.subarray(taken);
      }
      const end = missing > 0 ? -1 : rest.indexOf(LINE_END);
      const size = Number.parseInt(rest.toString("latin1", 0, Math.max(end, 0)), 16);
      const isLast = size === 0 && rest.length >= end + HEAD_END.length;
      if (isLast) return true;
      if (end < 0 || size === 0) {
        left = rest;
        return false;
      }
      missing = size + LINE_END.length;
      rest = rest.subarray(end + LINE_END.length);
    }
  };
}
