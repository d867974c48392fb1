import { resolve } from "node:path";
import { grouped } from "../../../contract/in-words.ts";
import { quoted, quotedPlace } from "../../../contract/sentence.ts";
import { act, isNamedWhole } from "../act.ts";
import { sha256 } from "../digest.ts";
import { shortPlace } from "../place.ts";

const MAX_INPUT = 40;

export interface CommandAct {
  /** "run `make -sf -` with input `all:\n` in ~/app/sub" */
  readonly act: string;
  /** Where it runs, if that is not the work folder. */
  readonly folder?: string;
  /** It says all that would be done. */
  readonly isAll: boolean;
}

/** A folder or an input makes it another command, so whoever reads about it reads of both. */
export function commandAct(
  line: string,
  { folder, input }: { readonly folder: string; readonly input: string },
  workDir: string,
): CommandAct {
  const place = resolve(workDir, folder);
  const isElsewhere = place !== resolve(workDir);
  const where = isElsewhere ? ` in ${quotedPlace(shortPlace(place))}` : "";
  return {
    act: `${act("run", line)}${inputWords(input)}${where}`,
    ...(isElsewhere ? { folder: place } : {}),
    isAll: input === "" && isNamedWhole("run", line) && !where.includes("…"),
  };
}

/** Two long inputs may begin alike: then a few digits tell them apart, and nobody has to read them. */
function inputWords(input: string): string {
  if (input === "") return "";
  const shown = quoted(input, MAX_INPUT);
  if (input.length <= MAX_INPUT && shown === quoted(input)) return ` with input ${shown}`;
  return ` with input ${shown} (${lineCount(input)}, fingerprint ${sha256(input).slice(0, 8)})`;
}

export function lineCount(text: string): string {
  const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  return lines === 1 ? "1 line" : `${grouped(lines)} lines`;
}
