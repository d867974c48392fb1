import { RE2JS } from "re2js";
import * as z from "zod";
import { wholeCharactersBefore } from "../../../../kernel/captured-output.ts";
import { giveWay } from "../../../../kernel/slices.ts";
import { codingTool } from "./coding-tool.ts";
import { SecretFailure, ToolFailure } from "./failure.ts";
import { looksBinary, readWhole } from "./files/read.ts";
import type { Location } from "./files/locate.ts";
import { filesBelow, newWalk, notesOf } from "./files/walk.ts";
import { askForSecrets } from "./secret-reading.ts";
import type { Walk } from "./files/walk.ts";
import { MAX_RESULTS, fileMatcher, locateStart } from "./find-files.ts";

const MAX_FILE_BYTES = 512 * 1024;
const MAX_LINE_BYTES = 500;
/** RE2 takes time in proportion to pattern times line: of a line is tested what takes about 15 ms at most. */
const MAX_PATTERN = 1_000;
const MAX_PROGRAM = 1_500;
const MAX_TESTED_CHARACTERS = 16 * 1024;
const MAX_STEPS = 1_500_000;
const MAX_MS = 20_000;
const parameters = z.object({
  pattern: z.string().min(1).max(MAX_PATTERN).describe("RE2 regular expression, tried on each line."),
  path: z.string().default(".").describe("Directory or file to search, relative to the workspace."),
  glob: z.string().max(500).default("").describe("Searches only files that match this glob, such as *.ts."),
  max_results: z.int().min(1).default(MAX_RESULTS).describe(`Lines to return, at most ${MAX_RESULTS}.`),
});

export const grep = codingTool({
  name: "grep",
  description:
    "Search the text of files in the workspace by a regular expression (RE2). Returns path:line:text. Leaves out .git, " +
    "links, binary files, files over 512 KiB and files that may hold secrets.",
  parameters,
  permission: askForSecrets("search"),
  async execute({ pattern, path, glob, max_results }, { workspace, signal, isPermitted }) {
    const search: Search = {
      matches: lineMatcher(pattern),
      limit: Math.min(max_results, MAX_RESULTS),
      found: [],
      until: performance.now() + MAX_MS,
      more: false,
      signal,
    };
    const start = locateStart(workspace, path, isPermitted);
    const isWanted = glob === "" ? () => true : fileMatcher(glob);
    const walk = newWalk();
    for await (const file of filesBelow(start, workspace, signal, walk)) {
      if (isWanted(file, start)) await searchFile(file, search, walk);
      walk.stoppedEarly ||= performance.now() > search.until;
      if (search.more || walk.stoppedEarly) break;
    }
    return resultOf(search, walk);
  },
});

interface Search {
  readonly matches: (line: string) => boolean;
  readonly limit: number;
  readonly found: string[];
  readonly until: number;
  readonly signal: AbortSignal;
  more: boolean;
}

function lineMatcher(pattern: string): (line: string) => boolean {
  if (/^[\w\s"'<>=:;,/@#%&~`-]+$/.test(pattern)) return (line) => line.includes(pattern);
  try {
    const compiled = RE2JS.compile(pattern);
    if (compiled.programSize() > MAX_PROGRAM)
      throw new ToolFailure("the pattern is too large; search for less at once");
    const tested = Math.min(MAX_TESTED_CHARACTERS, Math.floor(MAX_STEPS / compiled.programSize()));
    return (line) => compiled.matcher(line.slice(0, tested)).find();
  } catch (error) {
    if (error instanceof ToolFailure) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ToolFailure(`the pattern is not a regular expression of RE2: ${reason}`, { cause: error });
  }
}

async function searchFile(file: Location, search: Search, walk: Walk): Promise<void> {
  const bytes = await contentToSearch(file, walk);
  if (bytes === null) return;
  let lineNumber = 0;
  for (const line of bytes.toString("utf8").split("\n")) {
    lineNumber += 1;
    const turn = giveWay();
    if (turn !== undefined) {
      await turn;
      search.signal.throwIfAborted();
      if (performance.now() > search.until) return;
    }
    if (!search.matches(line)) continue;
    if (search.found.length >= search.limit) {
      search.more = true;
      return;
    }
    search.found.push(`${file.path}:${lineNumber}:${shortened(line)}`);
  }
}

/** A file that vanished, grew or may not be read is passed over, like one that was never there. */
async function contentToSearch(file: Location, walk: Walk): Promise<Buffer | null> {
  try {
    const bytes = await readWhole(file, MAX_FILE_BYTES);
    return looksBinary(bytes) ? null : bytes;
  } catch (error) {
    // Its name says nothing of it, but it is the same file as one that does.
    if (error instanceof SecretFailure) walk.leftOut += 1;
    if (error instanceof ToolFailure) return null;
    throw error;
  }
}

function shortened(line: string): string {
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  if (text.length <= MAX_LINE_BYTES / 3) return text;
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length <= MAX_LINE_BYTES) return text;
  return `${wholeCharactersBefore(bytes.subarray(0, MAX_LINE_BYTES)).toString("utf8")}…`;
}

function resultOf({ found, limit, more }: Search, walk: Walk) {
  const notes = [
    ...(more ? [`[... the first ${limit} matches]`] : []),
    ...notesOf(walk, "too much to search. Name a directory or a glob."),
  ];
  return {
    content: [...(found.length === 0 ? ["(no matches)"] : found), ...notes].join("\n"),
    isError: false,
    metadata: { matches: found.length, left_out: walk.leftOut, truncated: more || walk.stoppedEarly },
  };
}
