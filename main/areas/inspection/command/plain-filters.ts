/**
 * GNU sed can run commands (`e`, `s///e`) and write files (`w`). These forms cannot: printing, deleting, quitting and
 * line numbers at simple addresses, and substitutions without those flags.
 */
const address = String.raw`(?:\d+|\$|/[^/\\\n]*/)`;
const simple = new RegExp(String.raw`^(?:${address}(?:,(?:\+?${address}))?)?!?\s*[pdqQ=]$`);
const substitution =
  /^(?:\d+(?:,(?:\d+|\$))?|\$)?s([/|#,@:!])((?:(?!\1)[^\\\n]|\\[^\n])*)\1((?:(?!\1)[^\\\n]|\\[^\n])*)\1[gpiI0-9]*$/;
const harmlessOptions =
  /^(-[nErsuz]+|--(quiet|silent|regexp-extended|posix|sandbox|separate|unbuffered|null-data))$/;
const inPlace = /^(-[nErsuz]*i|--in-place)/;
const MAX_SCRIPT = 2_000;

export function isPlainSed(args: readonly string[]): boolean {
  const scripts: string[] = [];
  let hasOption = false;
  for (let i = 0; i < args.length; i += 1) {
    const word = args[i] ?? "";
    if (word === "-e" || word === "--expression") {
      hasOption = true;
      scripts.push(args[(i += 1)] ?? "");
    } else if (word.startsWith("-") && word !== "-") {
      if (!harmlessOptions.test(word) && !inPlace.test(word)) return false;
    } else if (!hasOption && scripts.length === 0) {
      scripts.push(word);
    }
  }
  return scripts.length > 0 && scripts.every(isPlainScript);
}

export const changesInPlace = (args: readonly string[]): boolean => args.some((word) => inPlace.test(word));

function isPlainScript(script: string): boolean {
  if (script.length > MAX_SCRIPT) return false;
  if (substitution.test(script)) return true;
  return script.split(/[;\n]/).every((part) => simple.test(part.trim()) || substitution.test(part.trim()));
}

/** awk can run commands, and write and read other files. Without these words and signs it can only print. */
const awkReach = /system|getline|[|>@<]|\b(close|fflush|ENVIRON|ARGV)\b/;

export function isPlainAwk(args: readonly string[]): boolean {
  const words = [...args];
  while (/^-[Fv]/.test(words[0] ?? "")) words.splice(0, words[0]?.length === 2 ? 2 : 1);
  const [program = "-"] = words;
  return !program.startsWith("-") && program.length <= MAX_SCRIPT && !awkReach.test(program);
}
