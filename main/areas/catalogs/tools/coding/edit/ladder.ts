import { ToolFailure } from "../failure.ts";
import { indexLines, lineAt } from "./line-index.ts";
import { findMatches, strategies } from "./matching.ts";
import type { Splice, Strategy } from "./matching.ts";

export interface Replacement {
  readonly old: string;
  readonly replacement: string;
  readonly all: boolean;
}

export interface Match {
  readonly splices: readonly Splice[];
  readonly strategy: Strategy;
  /** Found only after `\n`, `\t` and the like were taken for what they stand for. */
  readonly unescaped: boolean;
}

/**
 * Finds what to replace in a text with plain newlines: exactly, and if that fails by ever more lenient comparison.
 * The first strategy that finds anything decides; several places are an error unless all are meant.
 */
export function matchOnLadder(text: string, { old, replacement, all }: Replacement): Match {
  const attempts = [
    { old, replacement, unescaped: false },
    { old: unescape(old), replacement: unescape(replacement), unescaped: true },
  ];
  const file = indexLines(text);
  for (const attempt of attempts) {
    if (attempt.unescaped && (attempt.old === old || attempt.old === "")) continue;
    for (const strategy of strategies) {
      const splices = findMatches(strategy, file, text, attempt.old, attempt.replacement);
      if (splices.length === 0) continue;
      if (splices.length > 1 && !all) {
        const lines = splices.slice(0, 10).map(({ start }) => lineAt(file, start) + 1);
        throw new ToolFailure(
          `old_string matches ${splices.length} places (lines ${lines.join(", ")}): add lines around it to make it unique, or set replace_all`,
        );
      }
      return { splices, strategy, unescaped: attempt.unescaped };
    }
  }
  throw new ToolFailure(`old_string was not found${whereItBegins(file.lines, old)}`);
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", '"': '"', "'": "'" };

function unescape(text: string): string {
  return text
    .replace(/\\([ntr"'])/g, (_, letter: string) => escapes[letter] ?? letter)
    .replaceAll("\r\n", "\n");
}

/** Helps a model that had the beginning right. */
function whereItBegins(lines: readonly string[], old: string): string {
  const first = indexLines(old)
    .lines.find((line) => line.trim() !== "")
    ?.trim();
  if (first === undefined) return "";
  const at = lines.flatMap((line, i) => (line.trim() === first ? [i + 1] : [])).slice(0, 5);
  return at.length === 0 ? "" : `; its first line is at ${at.join(", ")}, but what follows differs`;
}

const placeholder =
  /^\s*(?:\/\/|#|\/\*|<!--|--|;|\{\s*\/\*|\.\.\.|…).*\b(?:rest|remaining|existing|other|previous|unchanged|same|omitted)\b.*(?:code|unchanged|same|omitted|file|lines|function|method|content|implementation|as before|here)/i;

/** "// ... rest of the code unchanged ...": a model that was too lazy to write it out. */
export function hasPlaceholder(text: string): boolean {
  return text
    .split("\n")
    .some((line) => line.length < 200 && /(\.\.\.|…|\bunchanged\b)/i.test(line) && placeholder.test(line));
}
