import { textOf } from "../loop/messages.ts";
import type { StoredDeltas, StoredEvent } from "../stored-events.ts";

/** Pieces of text that the model's message of event `textIn` says again: from where in it, and how long each is. */
export interface CutDeltas {
  readonly seq: number;
  readonly at: number;
  readonly type: "text_cuts";
  readonly textIn: number;
  readonly from: number;
  readonly lengths: readonly number[];
}

export type CompactEvent = Exclude<StoredEvent, StoredDeltas> | CutDeltas | StoredDeltas;

/** Of pieces of text, keeps only their lengths, where the message that ended them is among the same events. */
export function compactEvents(events: readonly StoredEvent[]): readonly CompactEvent[] {
  const compact: CompactEvent[] = [...events];
  let pieces: number[] = [];
  for (const [index, event] of events.entries()) {
    if (event.type === "message_start") pieces = [];
    if (event.type === "text_deltas") pieces.push(index);
    if (event.type !== "message_end") continue;
    const text = textOf(event.message);
    let from = 0;
    for (const piece of pieces) {
      const said = events[piece] as StoredDeltas;
      const whole = said.deltas.join("");
      if (text.startsWith(whole, from)) {
        const lengths = said.deltas.map(({ length }) => length);
        compact[piece] = { seq: said.seq, at: said.at, type: "text_cuts", textIn: event.seq, from, lengths };
      }
      from += whole.length;
    }
    pieces = [];
  }
  return compact;
}

/** To the byte what was compacted. */
export function expandEvents(compact: readonly CompactEvent[]): StoredEvent[] {
  const texts = new Map<number, string>();
  for (const event of compact) if (event.type === "message_end") texts.set(event.seq, textOf(event.message));
  return compact.map((event) => (event.type === "text_cuts" ? uncut(event, texts) : event));
}

function uncut(
  { seq, at, textIn, from, lengths }: CutDeltas,
  texts: ReadonlyMap<number, string>,
): StoredDeltas {
  const text = texts.get(textIn);
  if (text === undefined) throw new Error(`event ${textIn}, which says the text of event ${seq}, is missing`);
  let end = from;
  const deltas = lengths.map((length) => text.slice(end, (end += length)));
  return { seq, at, type: "text_deltas", deltas };
}
