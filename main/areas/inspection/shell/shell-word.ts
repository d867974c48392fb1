import type { Word, WordPart } from "unbash";
import type { CommandWord } from "../command/word.ts";

/** Escapes of `$'…'` that mean the same in every shell and locale. */
const plainAnsi = /^\$'(?:[^\\]|\\[nt\\'"])*'$/;

/** A pattern that begins like this can't expand to a word that looks like an option. */
const safeStart = /^(?:[A-Za-z0-9_]|\.{1,2}\/)/;

/** What a word of the shell's language becomes. Everything that is not surely literal is unknown. */
export function commandWord(word: Word): CommandWord {
  const text = word.parts === undefined ? word.value : literalText(word.parts);
  if (text !== null) return { text, kind: "literal" };
  return { text: word.text.replace(/["']/g, ""), kind: isPathPattern(word) ? "pattern" : "unknown" };
}

/** Null if something in it is expanded. */
function literalText(parts: readonly WordPart[]): string | null {
  let text = "";
  for (const part of parts) {
    const piece = literalPart(part);
    if (piece === null) return null;
    text += piece;
  }
  return text;
}

function literalPart(part: WordPart): string | null {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
      return part.value;
    case "DoubleQuoted":
      return literalText(part.parts);
    case "AnsiCQuoted":
      return plainAnsi.test(part.text) ? part.value : null;
    default:
      return null;
  }
}

function isPathPattern({ text, parts = [] }: Word): boolean {
  return (
    safeStart.test(text) &&
    parts.every(
      (part) =>
        (part.type === "Literal" && !part.text.includes("\\")) ||
        (part.type === "Glob" && part.kind !== "bracket"),
    )
  );
}
