import type { FastifyReply, FastifyRequest } from "fastify";
import { invalidRequest } from "../../contract/errors.ts";
import { RunId } from "../../contract/ids.ts";
import type { RunEvent } from "../../areas/runs/contract.ts";
import type { Bus, BusEvent } from "../../kernel/bus.ts";
import { openEventStream, type EventStream } from "../../transport/event-stream.ts";

/**
 * Port to the progress of runs.
 *
 * Contract: gives the events after `afterSeq` in order, the past ones first. Throws when there is no such run. The
 * result stops it.
 */
export interface RunFollower {
  follow(runId: RunId, afterSeq: number, listener: (events: readonly RunEvent[]) => void): () => void;
}

export type EventSourceBus = Pick<Bus, "seq" | "bootId" | "subscribe" | "since">;

/** A client that is further behind than this is let go; it comes back and asks for what it missed. */
const LARGEST_BACKLOG = 4 * 1024 * 1024;
const HEARTBEAT_MS = 15_000;
const MOST_RUNS = 64;

/** Server-Sent Events of all areas, and the progress of the runs that a client names. */
export function createEventFeed(bus: EventSourceBus, follower: RunFollower, heartbeatMs = HEARTBEAT_MS) {
  const open = new Set<() => void>();

  return {
    serve(request: FastifyRequest, reply: FastifyReply): void {
      const from = startOf(request);
      const queue = createFrameQueue(() => reply.raw.destroy());
      const stops: (() => void)[] = [];
      const stop = () => {
        for (const each of stops.splice(0)) each();
      };

      for (const frame of openingFrames(bus, from)) queue.push(frame);
      stops.push(bus.subscribe((event) => queue.push(frameOf(event, bus.bootId))));
      try {
        for (const { runId, afterSeq } of runsOf(request)) {
          stops.push(follower.follow(runId, afterSeq, (events) => queue.push(progressFrame(runId, events))));
        }
      } catch (error) {
        stop();
        throw error;
      }

      reply.raw.setHeader("gatehouse-seq", String(bus.seq));
      reply.raw.setHeader("gatehouse-boot", bus.bootId);
      const left = () => {
        stop();
        open.delete(end);
      };
      const stream = openEventStream(reply, { heartbeatMs, drained: queue.flush, left });
      const end = () => {
        left();
        stream.end();
      };
      open.add(end);
      queue.attach(stream);
    },
    close(): void {
      for (const end of open) end();
    },
  };
}

/** Frames wait here while the client does not read. */
function createFrameQueue(tooSlow: () => void) {
  let stream: EventStream | null = null;
  let isBlocked = true;
  let waiting: string[] = [];
  let size = 0;

  const flush = () => {
    isBlocked = false;
    if (stream === null || waiting.length === 0) return;
    const frames = waiting.join("");
    waiting = [];
    size = 0;
    isBlocked = !stream.write(frames);
  };

  return {
    push(frame: string) {
      if (!isBlocked && stream !== null) {
        isBlocked = !stream.write(frame);
        return;
      }
      waiting.push(frame);
      size += frame.length;
      if (stream === null || size <= LARGEST_BACKLOG) return;
      waiting = [];
      size = 0;
      tooSlow();
    },
    attach(opened: EventStream) {
      stream = opened;
      flush();
    },
    flush,
  };
}

/** Where a client wants to go on, or null for from now on. */
type Start = { readonly bootId: string | null; readonly seq: number } | null;

function startOf(request: FastifyRequest): Start {
  const query = request.query as Record<string, string | string[] | undefined>;
  const text = request.headers["last-event-id"] ?? query["after"];
  if (text === undefined || text === "") return null;
  const match = /^(?:([0-9a-f]{1,64})-)?(\d{1,15})$/.exec(String(text));
  if (match === null) {
    throw invalidRequest("`after` and Last-Event-ID take the id of an event, such as 0123456789abcdef-42.");
  }
  return { bootId: match[1] ?? null, seq: Number(match[2]) };
}

function runsOf(request: FastifyRequest): { runId: RunId; afterSeq: number }[] {
  const { run } = request.query as { run?: string | string[] };
  const texts = run === undefined ? [] : [run].flat();
  if (texts.length > MOST_RUNS) throw invalidRequest(`At most ${MOST_RUNS} runs can be followed at once.`);
  return texts.map((text) => {
    const [id, after = "0"] = text.split(":", 2);
    const runId = RunId.safeParse(id);
    if (!runId.success || !/^\d{1,15}$/.test(after)) {
      throw invalidRequest("`run` takes the id of a run, or the id, a colon and the sequence number to go on after.");
    }
    return { runId: runId.data, afterSeq: Number(after) };
  });
}

/** What a client is told first: that it is connected, what it missed, or that it has to read everything anew. */
function openingFrames(bus: EventSourceBus, from: Start): string[] {
  if (from === null) return [signalFrame("ready", bus)];
  const isSameProcess = from.bootId === null || from.bootId === bus.bootId;
  const missed = isSameProcess ? bus.since(from.seq) : null;
  if (missed === null) return [signalFrame("reset", bus)];
  return [...missed.map((event) => frameOf(event, bus.bootId)), signalFrame("ready", bus)];
}

function signalFrame(type: "ready" | "reset", { bootId, seq }: EventSourceBus): string {
  return `id: ${bootId}-${seq}\nevent: ${type}\ndata: ${JSON.stringify({ type, seq, payload: {} })}\n\n`;
}

const frames = new WeakMap<BusEvent, string>();

/** Made once per event, however many clients there are. */
function frameOf(event: BusEvent, bootId: string): string {
  let frame = frames.get(event);
  if (frame === undefined) {
    frame = `id: ${bootId}-${event.seq}\nevent: ${event.type}\ndata: ${event.json}\n\n`;
    frames.set(event, frame);
  }
  return frame;
}

/** Has no id: where a client is in a run it says with `run`, not with Last-Event-ID. */
function progressFrame(runId: RunId, events: readonly RunEvent[]): string {
  const data = JSON.stringify({ type: "runs.progressed", seq: 0, payload: { runId, events } });
  return `event: runs.progressed\ndata: ${data}\n\n`;
}
