/** Glue clients read lines into a buffer of 1 MiB and fail on a longer one (Glue contract 2.1). */
export const MAX_LINE_BYTES = 1_000_000;

/** The frame's own words beside the payload: ids, times, the session's name. */
const ROOM_FOR_ENVELOPE_BYTES = 12_000;
const MAX_PAYLOAD_BYTES = MAX_LINE_BYTES - ROOM_FOR_ENVELOPE_BYTES;

/** How much is left of each text when a payload is too large, tried in this order. */
const TEXT_LIMITS = [200_000, 50_000, 10_000, 2_000, 200] as const;

/**
 * The payload as JSON, short enough for one line. What does not fit is left out piece by piece: first what other
 * events say already, then the ends of long texts, and the text says so.
 *
 * @param lighter variants of the payload, each lighter than the one before
 */
export function fitLine(payload: object, lighter: readonly (() => object)[] = []): string {
  let json = JSON.stringify(payload);
  if (fits(json)) return json;
  let current = payload;
  for (const make of lighter) {
    current = make();
    json = JSON.stringify(current);
    if (fits(json)) return json;
  }
  for (const limit of TEXT_LIMITS) {
    json = JSON.stringify(current, (_key, value: unknown) => shorten(value, limit));
    if (fits(json)) return json;
  }
  return JSON.stringify({ omitted: "This event is too large for a line. Gatehouse shows it whole." });
}

/** UTF-8 takes at most three bytes per UTF-16 unit, so most payloads need not be measured. */
function fits(json: string): boolean {
  return json.length * 3 <= MAX_PAYLOAD_BYTES || Buffer.byteLength(json) <= MAX_PAYLOAD_BYTES;
}

function shorten(value: unknown, limit: number): unknown {
  if (typeof value === "string" && value.length > limit) {
    return `${value.slice(0, limit)} [${value.length - limit} more characters; Gatehouse shows them]`;
  }
  if (Array.isArray(value) && value.length > limit) return value.slice(0, limit);
  return value;
}
