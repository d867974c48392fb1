import { setTimeout as wait } from "node:timers/promises";
import { EventSourceParserStream, type EventSourceMessage } from "eventsource-parser/stream";
import type { Stream } from "../contract/define.ts";
import { CliError, exitCodes } from "./exit-codes.ts";
import { Unreachable, type DaemonAddress } from "./handshake.ts";
import { DaemonRefusal, send, targetOf } from "./send.ts";

const MAX_BREAKS = 5;
const PAUSE_MS = 200;

export interface FollowOptions {
  /** Ends it; whoever waits for the next frame gets the reason as an error. */
  readonly signal?: AbortSignal;
}

/**
 * The frames of a stream in order, each as the contract has it, up to its end. Where a connection breaks it goes on
 * by itself, after the last frame that came.
 */
export async function* follow(
  address: DaemonAddress,
  stream: Stream,
  input: Record<string, unknown>,
  { signal }: FollowOptions = {},
): AsyncGenerator {
  let position: string | null = null;
  for (let breaks = 0; breaks <= MAX_BREAKS; breaks += 1) {
    try {
      for await (const { event, id, data } of messages(address, stream, input, position, signal)) {
        if (event === "end") return;
        breaks = 0;
        position = id ?? position;
        yield frameIn(stream, data);
      }
    } catch (error) {
      if (signal?.aborted || !isBreak(error)) throw error;
    }
    await wait(PAUSE_MS * (breaks + 1), undefined, { signal });
  }
  throw new CliError(
    "The connection to Gatehouse is gone; what happened since then is unknown.",
    exitCodes.unreachable,
  );
}

/** Nobody answered, or the answer broke off: all other failures would be the same the next time. */
const isBreak = (error: unknown): boolean =>
  error instanceof Unreachable || !(error instanceof CliError || error instanceof DaemonRefusal);

async function* messages(
  address: DaemonAddress,
  stream: Stream,
  input: Record<string, unknown>,
  position: string | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<EventSourceMessage> {
  const { target } = targetOf({ ...stream, method: "GET" }, input);
  const answer = await send(address, target, {
    method: "GET",
    ...(position !== null && { headers: { "last-event-id": position } }),
    ...(signal !== undefined && { signal }),
  });
  if (answer.body === null) return;
  yield* answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
}

function frameIn({ frame, path }: Stream, data: string): unknown {
  const parsed = frame.safeParse(parsedJson(data));
  if (parsed.success) return parsed.data;
  throw new CliError(
    `Gatehouse tells something at ${path} that this version does not know.`,
    exitCodes.failed,
  );
}

/** What is no JSON is no frame either. */
function parsedJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
