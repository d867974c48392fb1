/** Glue clients read lines into a buffer of 1 MiB and fail on a longer one (Glue contract 2.1). */
export const MAX_LINE_BYTES = 1_000_000;

/** The frame's own words beside the payload: ids, times, the session's name. */
const ROOM_FOR_ENVELOPE_BYTES = 12_000;
const MAX_PAYLOAD_BYTES = MAX_LINE_BYTES - ROOM_FOR_ENVELOPE_BYTES;

/** How much is left of each text when a payload is too large, tried in this order. */
const TEXT_LIMITS = [200_000, 50_000, 10_000, 2_000, 200] as const;

/**
 * The payload as JSON, short enough for one line. What does not fit is left out piece by piece: first what other
 * events say already, then the ends of long texts, and the text says so. Nothing is written that would not fit.
 *
 * @param lighter variants of the payload, each lighter than the one before
 */
export function fitLine(payload: object, lighter: readonly (() => object)[] = []): string {
  if (fits(payload)) return JSON.stringify(payload);
  let current = payload;
  for (const make of lighter) {
    current = make();
    if (fits(current)) return JSON.stringify(current);
  }
  for (const limit of TEXT_LIMITS) {
    const short = shortened(current, limit) as object;
    if (fits(short)) return JSON.stringify(short);
  }
  return JSON.stringify({ omitted: "This event is too large for a line. Gatehouse shows it whole." });
}

/** Most payloads are seen to fit, or not to, without a look at every character of theirs. */
const fits = (payload: object): boolean =>
  roomLeft(payload, MAX_PAYLOAD_BYTES, atMost) >= 0 ||
  (roomLeft(payload, MAX_PAYLOAD_BYTES, atLeast) >= 0 && roomLeft(payload, MAX_PAYLOAD_BYTES, exactly) >= 0);

/** How a text counts. The room is what there is: it need not be counted any further. */
type Measure = (text: string, room: number) => number;

const MAX_BYTES_EACH = 6;
const atMost: Measure = (text) => text.length * MAX_BYTES_EACH;
const atLeast: Measure = (text) => text.length;

/** In UTF-8, with what JSON escapes. */
const exactly: Measure = (text, room) => {
  if (text.length > room) return text.length;
  let bytes = 0;
  for (let at = 0; at < text.length && bytes <= room; at += 1) bytes += bytesAt(text, at);
  return bytes;
};

const FIRST_PLAIN = 0x20;
const SHORTLY_ESCAPED = '"\\\b\t\n\f\r';
/** Of the characters of ASCII: looked up, for there may be a million of them. */
const ASCII_BYTES = Uint8Array.from({ length: 0x80 }, (_, code) => {
  if (SHORTLY_ESCAPED.includes(String.fromCharCode(code))) return 2;
  return code < FIRST_PLAIN ? MAX_BYTES_EACH : 1;
});

/** Of one UTF-16 unit; both halves of a pair have two. */
function bytesAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 0x80) return ASCII_BYTES[code] ?? 1;
  if (code < 0x800) return 2;
  if (code < 0xd800 || code > 0xdfff) return 3;
  const isHigh = code < 0xdc00;
  const other = text.charCodeAt(isHigh ? at + 1 : at - 1);
  const isPair = isHigh ? other >= 0xdc00 && other <= 0xdfff : other >= 0xd800 && other < 0xdc00;
  return isPair ? 2 : MAX_BYTES_EACH;
}

/** What is left of the room when the value is written as JSON; less than 0 as soon as nothing is. */
function roomLeft(value: unknown, room: number, measure: Measure): number {
  if (typeof value === "string") return room - 2 - measure(value, room);
  if (typeof value !== "object" || value === null) return room - String(value).length;
  let left = room - 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      left = roomLeft(item ?? null, left - 1, measure);
      if (left < 0) return left;
    }
    return left;
  }
  // Every payload comes by here, and a list of pairs would have to be made for each part of it.
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key];
    if (item === undefined) continue;
    left = roomLeft(item, left - 4 - measure(key, left), measure);
    if (left < 0) return left;
  }
  return left;
}

function shortened(value: unknown, limit: number): unknown {
  if (typeof value === "string") {
    if (value.length <= limit) return value;
    return `${value.slice(0, limit)} [${value.length - limit} more characters; Gatehouse shows them]`;
  }
  if (Array.isArray(value)) return value.slice(0, limit).map((item) => shortened(item, limit));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortened(item, limit)]));
}
