import type { IncomingMessage } from "node:http";
import { StringDecoder } from "node:string_decoder";
import { giveWay, ownTurn } from "../../kernel/slices.ts";
import { createJsonBounds, type Excess } from "../../kernel/json-bounds.ts";

/** A body goes beyond a limit. `excess` null: it is too long. */
export class BodyRefused extends Error {
  readonly excess: Excess | null;

  constructor(excess: Excess | null) {
    super(`the body has ${excess ?? "too many bytes"}`);
    this.name = "BodyRefused";
    this.excess = excess;
  }
}

const LONG_BYTES = 256 * 1024;
/** What takes less to look at than to wait. */
const SMALL_PIECE_BYTES = 4 * 1024;

/**
 * The text of a request's body. It is looked at as it comes in, so that one with too much in it is refused before it is
 * held and parsed as a whole.
 *
 * Contract: calls `done` once, with the text, with BodyRefused, or with a refusal where the client has gone.
 */
export function readBody(
  request: IncomingMessage,
  limitBytes: number,
  done: (error: Error | null, text?: string) => void,
): void {
  if (Number(request.headers["content-length"]) > limitBytes) return done(new BodyRefused(null));
  const bounds = createJsonBounds();
  // Decoded as it comes: a long body has cost most of its time before its end is there.
  const decoder = new StringDecoder("utf8");
  let text = "";
  let size = 0;
  let isOver = false;
  const stop = () => {
    isOver = true;
    request.off("data", arrive).off("end", finish).off("error", leave).off("close", leave);
  };
  const fail = (error: Error) => {
    stop();
    done(error);
  };
  const take = (piece: Buffer) => {
    size += piece.length;
    if (size > limitBytes) return fail(new BodyRefused(null));
    const excess = bounds.add(piece);
    if (excess !== null) return fail(new BodyRefused(excess));
    text += decoder.write(piece);
  };
  /** Many bodies may come in at once: where the turn has lasted already, a piece waits for its own. */
  const arrive = (piece: Buffer) => {
    const turn = piece.length < SMALL_PIECE_BYTES ? undefined : giveWay();
    if (turn === undefined) return take(piece);
    request.pause();
    void turn.then(() => {
      if (isOver) return;
      take(piece);
      request.resume();
    });
  };
  const finish = () => {
    stop();
    const whole = text + decoder.end();
    if (size <= LONG_BYTES) done(null, whole);
    else void handOver(whole);
  };
  /** What came in pieces is put together at the first look at it; whoever gets it parses it, which takes as long. */
  const handOver = async (whole: string) => {
    await ownTurn();
    whole.charCodeAt(0);
    await ownTurn();
    done(null, whole);
  };
  /** What breaks a body is its connection, and that is no failure of ours. */
  const leave = (cause?: Error) =>
    fail(Object.assign(new Error("the client went away", { cause }), { statusCode: 400 }));
  request.on("data", arrive).on("end", finish).on("error", leave).on("close", leave);
}
