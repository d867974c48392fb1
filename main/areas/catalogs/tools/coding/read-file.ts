import * as z from "zod";
import { wholeCharactersBefore } from "../../../../kernel/captured-output.ts";
import { giveWay } from "../../../../kernel/slices.ts";
import { codingTool } from "./coding-tool.ts";
import { ToolFailure, quoted } from "./failure.ts";
import { locate } from "./files/locate.ts";
import { looksBinary, readWhole } from "./files/read.ts";
import { askForSecrets } from "./secret-reading.ts";

const MAX_LINES = 2_000;
const MAX_BYTES = 80 * 1024;
const MAX_FILE_BYTES = 20 * 1024 * 1024;

const parameters = z.object({
  path: z.string().min(1).describe("Path relative to the workspace."),
  offset: z.int().min(1).default(1).describe("First line to return, from 1."),
  max_lines: z.int().min(1).default(MAX_LINES).describe(`Lines to return, at most ${MAX_LINES}.`),
  max_bytes: z.int().min(1).default(MAX_BYTES).describe(`Bytes to return, at most ${MAX_BYTES}.`),
});

export const readFile = codingTool({
  name: "read_file",
  description:
    "Read a UTF-8 text file in the workspace. Returns up to 2000 lines or 80 KiB per call; continue a longer file " +
    "with offset. Files that may hold secrets need permission each time.",
  parameters,
  permission: askForSecrets("read"),
  async execute(args, { workspace, isPermitted }) {
    const location = locate(workspace, args.path, isPermitted);
    const bytes = await readWhole(location, MAX_FILE_BYTES);
    if (looksBinary(bytes)) throw new ToolFailure(`${quoted(args.path)} is not text (${bytes.length} bytes)`);
    const lines = await linesOf(bytes, args.offset);
    const excerpt = excerptOf(
      bytes,
      lines,
      args.offset,
      Math.min(args.max_lines, MAX_LINES),
      Math.min(args.max_bytes, MAX_BYTES),
    );
    if (excerpt === null) {
      throw new ToolFailure(
        `${quoted(args.path)} has ${lines.total} lines: offset ${args.offset} is behind its end`,
      );
    }
    const { text, lastLine, totalLines, cut } = excerpt;
    const metadata = {
      path: location.path,
      first_line: args.offset,
      last_line: lastLine,
      total_lines: totalLines,
      truncated: cut || lastLine < totalLines,
    };
    return { content: text + hint(excerpt, args.offset), isError: false, metadata };
  },
});

interface Excerpt {
  readonly text: string;
  readonly lastLine: number;
  readonly totalLines: number;
  /** Even the first line was longer than the limit. */
  readonly cut: boolean;
}

const NEWLINE = 0x0a;

interface Lines {
  readonly total: number;
  /** Where the line begins that was asked for; null if there is none. */
  readonly start: number | null;
}

const LOOK_BYTES = 256 * 1024;

/** Looks at each byte once, giving way: a file may have as many lines as it has bytes. */
async function linesOf(bytes: Buffer, wanted: number): Promise<Lines> {
  let ended = 0;
  let start: number | null = wanted === 1 ? 0 : null;
  for (let from = 0; from < bytes.length; from += LOOK_BYTES) {
    const to = Math.min(from + LOOK_BYTES, bytes.length);
    for (let at = from; at < to; at += 1) {
      if (bytes[at] !== NEWLINE) continue;
      ended += 1;
      if (ended === wanted - 1 && at < bytes.length - 1) start = at + 1;
    }
    await giveWay();
  }
  return { total: bytes.length > 0 && bytes.at(-1) !== NEWLINE ? ended + 1 : ended, start };
}

function excerptOf(
  bytes: Buffer,
  { total: totalLines, start }: Lines,
  firstLine: number,
  maxLines: number,
  maxBytes: number,
): Excerpt | null {
  if (start === null) return null;
  let end = start;
  let lines = 0;
  while (lines < maxLines && end < bytes.length) {
    const newline = bytes.indexOf(NEWLINE, end);
    const next = newline < 0 ? bytes.length : newline + 1;
    if (next - start > maxBytes) break;
    end = next;
    lines += 1;
  }
  if (lines > 0 || bytes.length === 0) {
    const lastLine = Math.max(firstLine + lines - 1, firstLine);
    return { text: bytes.toString("utf8", start, end), lastLine, totalLines, cut: false };
  }
  const part = wholeCharactersBefore(bytes.subarray(start, start + maxBytes));
  return { text: part.toString("utf8"), lastLine: firstLine, totalLines, cut: true };
}

function hint({ lastLine, totalLines, cut }: Excerpt, firstLine: number): string {
  const next = lastLine < totalLines ? ` Continue with offset ${lastLine + 1}.` : "";
  if (cut) return `\n[line ${firstLine} is longer than max_bytes and was cut.${next}]`;
  return next === "" ? "" : `\n[lines ${firstLine}-${lastLine} of ${totalLines}.${next}]`;
}
