export type Rewrite = (character: string) => string;

/** Rewrites those characters of a text that are meant; the others stay. */
export function rewriteWhere(
  text: string,
  isMeant: (codePoint: number, at: number) => boolean,
  rewrite: Rewrite,
): string {
  let rewritten = "";
  let from = 0;
  // What hides is often the same many times over.
  let latest = -1;
  let latestText = "";
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at) ?? 0;
    const end = at + (code > 0xffff ? 2 : 1);
    if (isMeant(code, at)) {
      if (from < at) rewritten += text.slice(from, at);
      if (code !== latest) [latest, latestText] = [code, rewrite(text.slice(at, end))];
      rewritten += latestText;
      from = end;
    }
    at = end;
  }
  return from === 0 ? text : rewritten + text.slice(from);
}
