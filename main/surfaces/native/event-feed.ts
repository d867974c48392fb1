import type { FastifyReply, FastifyRequest } from "fastify";
import type { Area } from "../../contract/define.ts";
import { runs, type RunEvent } from "../../areas/runs/contract.ts";
import { invalidRequest } from "../../contract/errors.ts";
import { fail } from "../../contract/fail.ts";
import { RunId } from "../../contract/ids.ts";
import type { AccessScope } from "../../contract/principal.ts";
import type { Bus, BusEvent } from "../../kernel/bus.ts";
import type { OpenStreams } from "../../kernel/open-streams.ts";
import { principalOf } from "../../transport/surface-kit/admission.ts";
import { openEventStream } from "../../transport/event-stream.ts";
import { createFrameQueue } from "../../transport/surface-kit/frame-queue.ts";

/** Events of a run; all followers get the same object. */
interface Batch {
  readonly events: readonly RunEvent[];
}

/** Port to the progress of runs: from after a sequence number, the past first. Null when there is no such run. */
export interface RunFollower {
  follow(
    runId: string,
    after: number,
    follower: {
      /** False: hold back until `resume`. */
      push(batch: Batch): boolean;
      end(): void;
    },
  ): { resume(): void; stop(): void } | null;
}

export type EventSourceBus = Pick<Bus, "seq" | "bootId" | "subscribe" | "since">;

const HEARTBEAT_MS = 15_000;
const MAX_RUNS = 64;

/** Server-Sent Events of all areas, and the progress of the runs that a client names. */
export function createEventFeed(deps: {
  readonly areas: Readonly<Record<string, Area>>;
  readonly bus: EventSourceBus;
  readonly follower: RunFollower;
  readonly openStreams: OpenStreams;
  readonly heartbeatMs?: number;
}) {
  const { bus, follower, openStreams, heartbeatMs = HEARTBEAT_MS } = deps;
  const scopeOf = new Map<string, AccessScope>(
    Object.values<Area>(deps.areas).flatMap(({ name, eventScopes = {} }) =>
      Object.entries(eventScopes).map(([event, scope]) => [`${name}.${event}`, scope] as const),
    ),
  );
  const open = new Set<() => void>();

  return {
    serve: (request: FastifyRequest, reply: FastifyReply): void => {
      const principal = principalOf(request);
      const mayHear = ({ type }: BusEvent) => {
        const scope = scopeOf.get(type);
        return scope === undefined || principal.scopes.has(scope);
      };
      const from = startOf(request);
      const wanted = runsOf(request);
      const queue = createFrameQueue(() => reply.raw.destroy());
      for (const frame of openingFrames(bus, from, mayHear)) queue.push(frame);

      const followings = wanted.map(({ runId, after }) => {
        const push = (batch: Batch) => queue.push(progressFrame(runId, batch));
        return follower.follow(runId, after, { push, end: () => undefined });
      });
      const resume = () => {
        for (const following of followings) following?.resume();
      };
      const stopFollowing = () => {
        for (const following of followings) following?.stop();
      };
      if (followings.includes(null)) {
        stopFollowing();
        throw fail(runs, "not_found", "There is no such run.");
      }

      reply.raw.setHeader("gatehouse-seq", String(bus.seq));
      reply.raw.setHeader("gatehouse-boot", bus.bootId);
      const unsubscribe = bus.subscribe((event) => {
        if (mayHear(event)) queue.push(frameOf(event, bus.bootId));
      });
      const left = () => {
        unsubscribe();
        stopFollowing();
        open.delete(end);
        closed();
      };
      const drained = () => {
        if (queue.flush()) resume();
      };
      const stream = openEventStream(reply, { heartbeatMs, drained, left });
      const end = () => {
        left();
        stream.end();
      };
      open.add(end);
      const closed = openStreams.opened(principal, end);
      queue.attach(stream);
      drained();
    },
    close(): void {
      for (const end of open) end();
    },
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

function runsOf(request: FastifyRequest): { runId: RunId; after: number }[] {
  const { run } = request.query as { run?: string | string[] };
  const texts = run === undefined ? [] : [run].flat();
  if (texts.length > MAX_RUNS) throw invalidRequest(`At most ${MAX_RUNS} runs can be followed at once.`);
  return texts.map((text) => {
    const [id, after = "0"] = text.split(":", 2);
    const runId = RunId.safeParse(id);
    if (!runId.success || !/^\d{1,15}$/.test(after)) {
      throw invalidRequest(
        "`run` takes the id of a run, or the id, a colon and the sequence number to go on after.",
      );
    }
    return { runId: runId.data, after: Number(after) };
  });
}

/** What a client is told first: that it is connected, what it missed, or that it has to read everything anew. */
function openingFrames(bus: EventSourceBus, from: Start, mayHear: (event: BusEvent) => boolean): string[] {
  if (from === null) return [signalFrame("ready", bus)];
  const isSameProcess = from.bootId === null || from.bootId === bus.bootId;
  const missed = isSameProcess ? bus.since(from.seq) : null;
  if (missed === null) return [signalFrame("reset", bus)];
  const heard = missed.filter(mayHear).map((event) => frameOf(event, bus.bootId));
  return [...heard, signalFrame("ready", bus)];
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

const progressFrames = new WeakMap<Batch, string>();

/** Has no id: where a client is in a run it says with `run`, not with Last-Event-ID. */
function progressFrame(runId: RunId, batch: Batch): string {
  let frame = progressFrames.get(batch);
  if (frame === undefined) {
    const data = JSON.stringify({
      type: "runs.progressed",
      seq: 0,
      payload: { runId, events: batch.events },
    });
    frame = `event: runs.progressed\ndata: ${data}\n\n`;
    progressFrames.set(batch, frame);
  }
  return frame;
}
