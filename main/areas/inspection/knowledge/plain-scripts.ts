/**
 * GNU sed can run commands (`e`, `s///e`) and write files (`w`). These forms cannot: printing, deleting, quitting and
 * line numbers at simple addresses, and substitutions without those flags.
 *
 * In brackets the sign that ends an expression does not end it, so what looks like its end may be in the middle. Only
 * brackets that surely close, and hold no such sign, are taken: `[^a-z]`, `[[:space:]]`.
 */
const brackets = (end: string) => String.raw`\[(?!\^?\])(?:(?!${end})[^\[\]\\\n]|\[(?!${end}):[a-z]+:\])+\]`;
const address = String.raw`(?:\d+|\$|/(?:[^/\\\n[]|${brackets("/")})*/)`;
const simple = new RegExp(String.raw`^(?:${address}(?:,(?:\+?${address}))?)?!?\s*[pdqQ=]$`);
const substitution = new RegExp(
  String.raw`^(?:\d+(?:,(?:\d+|\$))?|\$)?s([/|#,@:!])(?:(?!\1)[^\\\n[]|\\[^\n]|${brackets(String.raw`\1`)})*\1(?:(?!\1)[^\\\n]|\\[^\n])*\1[gpiI0-9]*$`,
);
const MAX_SCRIPT = 2_000;

export function isPlainSed(script: string): boolean {
  if (script.length > MAX_SCRIPT) return false;
  if (substitution.test(script)) return true;
  return script.split(/[;\n]/).every((part) => simple.test(part.trim()) || substitution.test(part.trim()));
}

/** awk can run commands, and write and read other files. Without these words and signs it can only print. */
const awkReach = /system|getline|[|>@<]|\b(close|fflush|ENVIRON|ARGV)\b/;

export const isPlainAwk = (program: string): boolean =>
  program.length <= MAX_SCRIPT && !awkReach.test(program);
