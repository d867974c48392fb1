import { ModelError } from "../../../areas/runs/model.ts";
import { MAX_STREAM_EVENT_BYTES } from "../../../contract/limits.ts";
import { createJsonBounds, type Excess, type JsonBounds } from "../../../kernel/json-bounds.ts";
import { giveWay } from "../../../kernel/slices.ts";

/** One event of a stream of Server-Sent Events. */
export interface EventFrame {
  readonly event: string;
  readonly data: Buffer;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const COLON = 0x3a;
const SPACE = 0x20;

/**
 * The events of an answer, in time that is proportional to its bytes in whatever pieces they come, giving way to other
 * work. The SDKs read the same, but look at all of a line again with each piece of it and hold everything else up meanwhile.
 *
 * Contract: throws a ModelError for an event that is too long. What is left unfinished at the end is an event as well.
 */
export async function* eventFrames({ body }: Response): AsyncGenerator<EventFrame> {
  const line = createGrowingBuffer();
  let data = createGrowingBuffer();
  let event = "";
  let hasData = false;
  /** Of the event's lines that have ended. */
  let size = 0;
  let afterReturn = false;

  /** Takes the line; the event, when the line ends one. */
  const endLine = (): EventFrame | null => {
    const bytes = line.take();
    size += bytes.length + 1;
    if (bytes.length === 0) {
      size = 0;
      if (!hasData) {
        event = "";
        return null;
      }
      const frame = { event, data: data.take() };
      data = createGrowingBuffer();
      event = "";
      hasData = false;
      return frame;
    }
    const colon = bytes.indexOf(COLON);
    const name = bytes.toString("latin1", 0, colon < 0 ? bytes.length : Math.min(colon, 10));
    const value = colon < 0 ? bytes.length : colon + (bytes[colon + 1] === SPACE ? 2 : 1);
    if (name === "event") event = bytes.toString("utf8", value, value + 200);
    else if (name === "data") {
      if (hasData) data.add(NEW_LINE);
      data.add(bytes.subarray(value));
      hasData = true;
    }
    return null;
  };

  for await (const piece of (body ?? []) as AsyncIterable<Uint8Array>) {
    let start = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at];
      if (byte !== LINE_FEED && byte !== CARRIAGE_RETURN) {
        afterReturn = false;
        continue;
      }
      const isSecondHalf = byte === LINE_FEED && afterReturn;
      afterReturn = byte === CARRIAGE_RETURN;
      if (!isSecondHalf) {
        line.add(piece.subarray(start, at));
        const frame = endLine();
        if (frame !== null) yield frame;
        await giveWay();
      }
      start = at + 1;
    }
    line.add(piece.subarray(start));
    if (line.size + size > MAX_STREAM_EVENT_BYTES) throw tooLong();
    await giveWay();
  }
  endLine();
  const last = endLine();
  if (last !== null) yield last;
}

const NEW_LINE = Uint8Array.of(LINE_FEED);

/** What is looked at without giving way. */
const LOOK_BYTES = 64 * 1024;

/**
 * The JSON that an event carries, at once unless it is long. Contract: throws or rejects with SyntaxError for none, with a
 * ModelError for too much of it.
 */
export function parseFrame({ data }: EventFrame): unknown {
  const bounds = createJsonBounds();
  if (data.length > LOOK_BYTES) return parseLong(data, bounds);
  refuse(bounds.add(data));
  return JSON.parse(data.toString("utf8"));
}

async function parseLong(data: Buffer, bounds: JsonBounds): Promise<unknown> {
  for (let at = 0; at < data.length; at += LOOK_BYTES) {
    refuse(bounds.add(data.subarray(at, at + LOOK_BYTES)));
    await giveWay();
  }
  const text = data.toString("utf8");
  await giveWay();
  return JSON.parse(text);
}

function refuse(excess: Excess | null): void {
  if (excess === null) return;
  throw new ModelError(`the model's answer was not taken: a piece of it has ${excess}`, { isFinal: true });
}

function tooLong(): ModelError {
  const most = `${MAX_STREAM_EVENT_BYTES / 1024 / 1024} MiB`;
  return new ModelError(`the model's answer was not taken: a piece of it is longer than ${most}`, {
    isFinal: true,
  });
}

/** Bytes that come in many pieces, without a look at what is there already. */
function createGrowingBuffer() {
  let bytes = Buffer.allocUnsafe(512);
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(piece: Uint8Array) {
      if (size + piece.length > bytes.length) {
        const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, size + piece.length));
        bytes.copy(larger, 0, 0, size);
        bytes = larger;
      }
      bytes.set(piece, size);
      size += piece.length;
    },
    /** All of them, once; they are overwritten by what is added next. */
    take(): Buffer {
      const taken = bytes.subarray(0, size);
      size = 0;
      return taken;
    },
  };
}
