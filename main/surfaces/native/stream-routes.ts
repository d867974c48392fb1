import type { FastifyReply, FastifyRequest } from "fastify";
import type { Area } from "../../contract/define.ts";
import { parsedInput, type StreamSources } from "../../kernel/invoke.ts";
import type { OpenStreams } from "../../kernel/open-streams.ts";
import { openEventStream } from "../../transport/event-stream.ts";
import { principalOf } from "../../transport/surface-kit/admission.ts";
import { createFrameQueue } from "../../transport/surface-kit/frame-queue.ts";
import type { Route } from "../../transport/surface-kit/surface.ts";

const HEARTBEAT_MS = 15_000;

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

  const routes = Object.values<Area>(areas).flatMap((area) =>
    Object.entries(area.streams ?? {}).map(([name, stream]): Route => {
      const source = streams[area.name]?.[name];
      if (source === undefined) throw new Error(`${area.name}.${name} has no source`);
      const frameOf = (frame: unknown) => `event: ${area.name}.${name}\ndata: ${JSON.stringify(frame)}\n\n`;

      const handler = (request: FastifyRequest, reply: FastifyReply): void => {
        const principal = principalOf(request);
        const given = { ...(request.query as object), ...(request.params as object) };
        const input = parsedInput(stream.input, given) as never;
        const queue = createFrameQueue(() => reply.raw.destroy());
        // The source may have told everything before there is a stream to end.
        let end = () => void (isOver = true);
        let isOver = false;
        const push = (frame: unknown) => queue.push(frameOf(frame));
        const following = source(input, { push, end: () => end() }, principal);

        const left = () => {
          following.stop();
          open.delete(end);
          closed();
        };
        const drained = () => {
          if (queue.flush()) following.resume();
        };
        const events = openEventStream(reply, { heartbeatMs, drained, left });
        end = () => {
          left();
          queue.flush();
          events.end();
        };
        open.add(end);
        const closed = openStreams.opened(principal, end);
        queue.attach(events);
        if (isOver) end();
        else drained();
      };
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
