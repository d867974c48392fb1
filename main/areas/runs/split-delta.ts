import { endOfPiece } from "../../kernel/characters.ts";
import type { RunEventBody } from "./contract.ts";

/** Small enough for a line of every dialect, however its characters are escaped. */
const MAX_DELTA = 64 * 1024;

/** A model may hand over a whole book at once; those who follow get it in pieces. */
export function splitDelta(body: RunEventBody): readonly RunEventBody[] {
  if (body.type !== "text_delta" || body.delta.length <= MAX_DELTA) return [body];
  const pieces: RunEventBody[] = [];
  for (let from = 0; from < body.delta.length;) {
    const end = endOfPiece(body.delta, from, MAX_DELTA);
    pieces.push({ type: "text_delta", delta: body.delta.slice(from, end) });
    from = end;
  }
  return pieces;
}
