import { setTimeout as wait } from "node:timers/promises";
import { EventSourceParserStream } from "eventsource-parser/stream";
import type { RunEvent } from "../contract.ts";
import { DaemonRefusal, send } from "../../../command/client.ts";
import type { DaemonAddress } from "../../../command/handshake.ts";
import { CliError, exitCodes } from "../../../command/exit-codes.ts";

const MAX_BREAKS = 5;

/** All events of a run in order, up to its last one. Goes on by itself where a broken connection left off. */
export async function* followRun(
  address: DaemonAddress,
  runId: string,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  let seq = 0;
  for (let breaks = 0; breaks <= MAX_BREAKS; breaks += 1) {
    try {
      for await (const event of progress(address, runId, seq, signal)) {
        if (event.seq <= seq) continue;
        seq = event.seq;
        breaks = 0;
        yield event;
        if (event.type === "run_done" || event.type === "run_error") return;
      }
    } catch (error) {
      if (signal.aborted || error instanceof DaemonRefusal) throw error;
    }
    await wait(200 * (breaks + 1), undefined, { signal });
  }
  throw new CliError(
    "The connection to Gatehouse is gone; how the run went on is unknown.",
    exitCodes.unreachable,
  );
}

async function* progress(
  address: DaemonAddress,
  runId: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const answer = await send(address, `/events?run=${runId}:${after}`, { method: "GET", signal });
  if (answer.body === null) return;
  const messages = answer.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  for await (const message of messages) {
    if (message.event !== "runs.progressed") continue;
    const { payload } = JSON.parse(message.data) as { payload: { events: RunEvent[] } };
    yield* payload.events;
  }
}
