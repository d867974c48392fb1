import { findProgram } from "../knowledge/programs.ts";
import { risk } from "../risks/risk.ts";
import { nothingKnown } from "./judged.ts";
import type { Judged } from "./judged.ts";
import { baseName } from "./program-name.ts";

/** Longer commands are not judged: that could take long, and nobody reads them. */
const MAX_WORDS = 2_000;
const MAX_CHARACTERS = 64 * 1024;

export const isTooLong = (argv: readonly string[]): boolean =>
  argv.length > MAX_WORDS || argv.reduce((sum, { length }) => sum + length, 0) > MAX_CHARACTERS;

/** On nobody's list of programs that may be started. */
const UNNAMED = "…";

const notLookedInto = risk(
  "unknown",
  "high",
  "is too long to be looked into",
  "Gatehouse looks at commands of up to 2,000 words and 64 KB. It can do all that you can.",
);

/** It may start another program far behind, whose name nobody knows then. */
export function tooLong(argv: readonly string[]): Judged {
  const program = argv[0] ?? "";
  const found = findProgram(baseName(program));
  const isPlain = found !== null && found.runs?.kind !== "command" && found.startsBehind === undefined;
  const programs = isPlain ? [program] : [program, UNNAMED];
  return { ...nothingKnown, programs, named: programs, risks: [notLookedInto], known: false, once: true };
}
