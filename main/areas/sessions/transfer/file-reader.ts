import type * as z from "zod";
import { inWords, issuesInWords } from "../../../contract/issues.ts";
import { excessOfJson } from "../../../kernel/json-bounds.ts";
import type { Message } from "../contract.ts";
import { headerIn, KeptCompaction, KeptMessage, MARKS, parseHeader, type Header } from "./envelope.ts";

/** Of one line: parsing what is longer would hold everybody up. */
export const MAX_LINE_CHARACTERS = 4 * 1024 * 1024;
const MAX_COMPACTIONS = 1_000;
export const MAX_MESSAGES = 1_000_000;

export type ReadItem =
  | { readonly kind: "header"; readonly header: Header }
  | { readonly kind: "compaction"; readonly compaction: KeptCompaction }
  | { readonly kind: "message"; readonly message: Message };

/** Why a file is refused: what is wrong with it, and where. */
export class FileFault extends Error {
  constructor(line: number, what: string) {
    super(`Line ${line}: ${what}`);
    this.name = "FileFault";
  }
}

/** Reads a file as it comes in. It knows nothing but what an export writes. */
export interface FileReader {
  /** What its whole lines hold. Contract: throws a FileFault, and is of no use after that. */
  add(text: string): Generator<ReadItem>;
  /** The last line has been read. */
  readonly isWhole: boolean;
}

type Stage = "header" | "compactions" | "messages" | "end";

export function createFileReader(): FileReader {
  let stage: Stage = "header";
  let rest = "";
  let lines = 0;
  let compactions = 0;
  let messages = 0;
  /** The line before had no comma: only the end of the list may follow. */
  let isListOver = false;

  const fault = (what: string) => new FileFault(lines, what);

  const parsed = (line: string): unknown => {
    const excess = excessOfJson(line);
    if (excess !== null) throw fault(`it has ${excess}.`);
    try {
      return JSON.parse(line);
    } catch {
      throw fault("this is no JSON.");
    }
  };

  const item = <T>(schema: z.ZodType<T>, line: string): T => {
    if (isListOver) throw fault("a comma is missing before it.");
    isListOver = !line.endsWith(",");
    const result = schema.safeParse(parsed(isListOver ? line : line.slice(0, -1)), { error: inWords });
    if (result.success) return result.data;
    throw fault(`${issuesInWords(result.error).join("; ")}.`);
  };

  const next = (mark: Stage, isEmpty: boolean) => {
    if (!isListOver && !isEmpty) throw fault("there is a comma after the last one of a list.");
    stage = mark;
    isListOver = false;
  };

  const readHeader = (line: string): ReadItem => {
    const excess = excessOfJson(line);
    let value: unknown = null;
    try {
      value = excess === null ? headerIn(line) : null;
    } catch {
      value = null;
    }
    const header = parseHeader(value);
    if (value === null || !header.success) throw fault("this is no session that Gatehouse exported.");
    stage = "compactions";
    return { kind: "header", header: header.data };
  };

  const read = (line: string): ReadItem | null => {
    lines += 1;
    switch (stage) {
      case "header":
        return readHeader(line);
      case "compactions":
        if (line === MARKS.messages) return (next("messages", compactions === 0), null);
        compactions += 1;
        if (compactions > MAX_COMPACTIONS) throw fault(`there are more than ${MAX_COMPACTIONS} summaries.`);
        return { kind: "compaction", compaction: item(KeptCompaction, line) };
      case "messages":
        if (line === MARKS.end) return (next("end", messages === 0), null);
        messages += 1;
        if (messages > MAX_MESSAGES) throw fault("there are more than a million messages.");
        return { kind: "message", message: item(KeptMessage, line) };
      case "end":
        throw fault("something follows the end.");
    }
  };

  return {
    *add(text) {
      rest += text;
      let from = 0;
      for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n", from)) {
        if (end - from > MAX_LINE_CHARACTERS) break;
        const found = read(rest.slice(from, end).replace(/\r$/, ""));
        from = end + 1;
        if (found !== null) yield found;
      }
      rest = rest.slice(from);
      const tooLong = rest.length > MAX_LINE_CHARACTERS;
      lines += tooLong ? 1 : 0;
      if (tooLong) throw fault("it is longer than 4 MiB.");
    },
    get isWhole() {
      return stage === "end" && rest === "";
    },
  };
}
