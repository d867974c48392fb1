import type { Message } from "../../sessions/contract.ts";

/** The files that condensed messages dealt with, so that later turns still know. Sorted. */
export interface FileLedger {
  readonly read: readonly string[];
  readonly modified: readonly string[];
}

const READ_FILES = "compaction:read_files";
const MODIFIED_FILES = "compaction:modified_files";

/** Any call with a `path` counts, by its tool's name; ledgers of earlier compactions are carried on. */
export function fileLedgerOf(messages: readonly Message[]): FileLedger {
  const read = new Set<string>();
  const modified = new Set<string>();
  for (const message of messages) {
    for (const path of pathsOf(message, READ_FILES)) read.add(path);
    for (const path of pathsOf(message, MODIFIED_FILES)) modified.add(path);
    for (const part of message.content) {
      if (part.type !== "tool_call") continue;
      const path = (part.toolCall.arguments as { path?: unknown } | null)?.path;
      if (typeof path !== "string" || path === "") continue;
      if (/write|edit/i.test(part.toolCall.name)) modified.add(path);
      else if (/read/i.test(part.toolCall.name)) read.add(path);
    }
  }
  return { read: [...read].toSorted(), modified: [...modified].toSorted() };
}

export function ledgerMetadata(ledger: FileLedger): Record<string, readonly string[]> {
  return { [READ_FILES]: ledger.read, [MODIFIED_FILES]: ledger.modified };
}

/** Earlier versions kept these under a longer name that ends in the same words. */
function pathsOf({ metadata = {} }: Message, key: string): string[] {
  const lists = Object.entries(metadata).filter(([name]) => name.endsWith(key));
  return lists.flatMap(([, value]) => value).filter((path): path is string => typeof path === "string");
}
