import { hasHiddenCharacters, visibleText } from "../../../contract/visible-text.ts";

const plainWord = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+:,./=-]*$/;
const assignment = /^[A-Za-z_][A-Za-z0-9_]*=/;

/** So much emptiness that what follows it may be overlooked. */
const gap = /\n[ \t]*\n[ \t]*\n[ \t]*\n/;

/** A script over several lines is read as such, unless it hides something: in a character or behind a gap. */
function isReadableScript(word: string): boolean {
  return (
    word.trimEnd().includes("\n") && !gap.test(word) && !hasHiddenCharacters(word.replace(/[\n\t]/g, ""))
  );
}

/** One word as a person would type it in bash or zsh; pasted back it is the same word, and every character shows. */
export function shellWord(word: string): string {
  if (plainWord.test(word)) return word;
  const shown = visibleText(word);
  if (shown !== word && !isReadableScript(word))
    return `$'${/[\\']/.test(word) ? escapeHidden(word) : shown}'`;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function escapeHidden(word: string): string {
  return visibleText(word.replaceAll("\\", "\\\\").replaceAll("'", "\\'"));
}

/** The whole command as a line to paste. */
export function shellLine(argv: readonly string[]): string {
  return argv.map((word, i) => (i === 0 && assignment.test(word) ? `'${word}'` : shellWord(word))).join(" ");
}
