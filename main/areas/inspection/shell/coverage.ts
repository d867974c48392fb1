export interface Span {
  readonly pos: number;
  readonly end: number;
}

/** What may stand between words: blanks, comments, separators and the words of the shell's own grammar. */
const between =
  /^(?:[ \t\n]+|\\\n|#[^\n]*|[;&|(){}!]|(?:if|then|elif|else|fi|for|in|do|done|while|until|case|esac|select|function|time|-p|--)(?![^\s;&|()]))*$/;

/**
 * Whether every character of the text is either in something that was looked at or of no effect of its own.
 *
 * The parser is made to put up with unfinished text. This makes sure that it left nothing out on the way.
 */
export function isCovered(text: string, { pos, end }: Span, spans: readonly Span[]): boolean {
  let at = pos;
  for (const span of spans.toSorted((a, b) => a.pos - b.pos || b.end - a.end)) {
    if (span.pos > at && !between.test(text.slice(at, span.pos))) return false;
    at = Math.max(at, span.end);
  }
  return between.test(text.slice(at, end));
}
