import type { FastifyReply, FastifyRequest } from "fastify";
import type { Area, Stream } from "../../contract/define.ts";
import { parsedInput, type StreamSource, type StreamSources } from "../../kernel/invoke.ts";
import type { OpenStreams } from "../../kernel/open-streams.ts";
import { openEventStream } from "../../transport/event-stream.ts";
import { principalOf } from "../../transport/surface-kit/admission.ts";
import { createFrameQueue } from "../../transport/surface-kit/frame-queue.ts";
import type { Route } from "../../transport/surface-kit/surface.ts";

const HEARTBEAT_MS = 15_000;
/** Everything has been told. A connection that ends without it was cut, and there is more to come. */
const END = "event: end\ndata: {}\n\n";

export interface StreamRoutes {
  readonly routes: readonly Route[];
  /** Ends all that are open. */
  close(): void;
}

/** One route per stream that an area declares, as Server-Sent Events. Knows no stream by name. */
export function createStreamRoutes(
  prefix: string,
  areas: Readonly<Record<string, Area>>,
  deps: {
    readonly streams: StreamSources;
    readonly openStreams: OpenStreams;
    readonly heartbeatMs?: number;
  },
): StreamRoutes {
  const { streams, openStreams, heartbeatMs = HEARTBEAT_MS } = deps;
  const open = new Set<() => void>();

  const serve = (stream: Stream, source: StreamSource, textOf: ReturnType<typeof createEncoder>) =>
    function handler(request: FastifyRequest, reply: FastifyReply): void {
      const principal = principalOf(request);
      const input = parsedInput(stream.input, inputOf(request, stream)) as never;
      const queue = createFrameQueue(() => reply.raw.destroy());
      // The source may have told everything before there is a stream to end.
      let close = () => {};
      let isOver = false;
      const following = source(
        input,
        {
          push: (frame, position) => queue.push(textOf(frame, position)),
          end() {
            queue.push(END);
            isOver = true;
            close();
          },
        },
        principal,
      );

      const left = () => {
        following.stop();
        open.delete(close);
        closed();
      };
      const drained = () => {
        if (queue.flush()) following.resume();
      };
      // What every answer of this family carries, a stream carries too.
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) reply.raw.setHeader(name, value);
      }
      const events = openEventStream(reply, { heartbeatMs, drained, left });
      close = () => {
        left();
        queue.flush();
        events.end();
      };
      open.add(close);
      const closed = openStreams.opened(principal, close);
      queue.attach(events);
      if (isOver) close();
      else drained();
    };

  const routes = Object.values<Area>(areas).flatMap((area) =>
    Object.entries(area.streams ?? {}).map(([name, stream]): Route => {
      const source = streams[area.name]?.[name];
      if (source === undefined) throw new Error(`${area.name}.${name} has no source`);
      const handler = serve(stream, source, createEncoder(`${area.name}.${name}`));
      return { method: "GET", path: `${prefix}${stream.path}`, needs: stream.scope, handler };
    }),
  );

  return {
    routes,
    close() {
      for (const end of open) end();
    },
  };
}

/** Parameters of the path go before the query, and the position that a follower remembers by itself before both. */
function inputOf(request: FastifyRequest, { position }: Stream): object {
  const last = request.headers["last-event-id"] ?? "";
  const given = { ...(request.query as object), ...(request.params as object) };
  return last === "" ? given : { ...given, [position]: last };
}

/** Frames as text. Each is made once, however many follow: they are all told the same object. */
function createEncoder(stream: string): (frame: unknown, position: string) => string {
  const texts = new WeakMap<object, string>();
  return (told, position) => {
    const frame = told as { readonly type?: unknown };
    let text = texts.get(frame);
    if (text === undefined) {
      const name = typeof frame.type === "string" ? frame.type : stream;
      text = `id: ${position}\nevent: ${name}\ndata: ${JSON.stringify(frame)}\n\n`;
      texts.set(frame, text);
    }
    return text;
  };
}
