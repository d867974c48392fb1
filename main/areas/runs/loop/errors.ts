/** What a failed model call means for the run: condense and rerun, give up, or try again. */
export type ModelFailure = "overflow" | "fatal" | "transient";

const OVERFLOW =
  /prompt is too long|context[ _](?:window|length)|maximum context|input token count.*exceed|exceeds.*token|too many tokens|reduce the length of the messages/is;

/** Money, not haste: waiting does not help, even though servers report it like a rate limit. */
const OUT_OF_FUNDS =
  /billing|payment|quota exceeded.*plan|exceeded your current quota|insufficient[ _]quota/is;

const FATAL =
  /api[ _-]?key|unauthori[sz]ed|unauthenticated|forbidden|permission[ _]denied|invalid[ _](?:request|argument)|model\b.{0,200}\bnot found|model_not_found|\b404\b/is;

const TRANSIENT = new RegExp(
  [
    String.raw`\b(?:429|500|502|503|504|529)\b`,
    "too many requests|rate[ _-]?limit|resource[ _]exhausted|overloaded",
    "service unavailable|internal (?:server )?error|bad gateway|gateway time-?out",
    "connection (?:reset|refused|closed|error)|econnreset|econnrefused|epipe|etimedout|broken pipe|socket hang up",
    "unexpected eof|stream (?:was )?(?:closed|ended|reset)|closed before done|premature|fetch failed",
    "temporar|try again|retry|time(?:d )?out",
  ].join("|"),
  "i",
);

const TRANSIENT_STATUS = new Set([408, 409, 425, 429]);
/** Error pages can be long; what matters stands at the beginning. */
const EXAMINED_CHARACTERS = 8_000;

/** `status` is the HTTP status of the answer, null when there was none or the failure came inside a stream. */
export function classifyFailure(text: string, status: number | null): ModelFailure {
  const examined = text.slice(0, EXAMINED_CHARACTERS);
  if (status === 429) return OUT_OF_FUNDS.test(examined) ? "fatal" : "transient";
  if (status === 413 || OVERFLOW.test(examined)) return "overflow";
  if (status !== null && status >= 400) {
    return status >= 500 || TRANSIENT_STATUS.has(status) ? "transient" : "fatal";
  }
  if (OUT_OF_FUNDS.test(examined) || FATAL.test(examined)) return "fatal";
  return TRANSIENT.test(examined) ? "transient" : "fatal";
}
