import type { Memory } from "./contract.ts";
import type { FileMemory } from "./envelope.ts";

const TITLE = "# Memories";

/**
 * A memory as a person reads it: a heading with its id, what is said about it as a list, and its words as a quotation,
 * so that nothing in them can be taken for the beginning of another.
 */
export function memoryToMarkdown({ id, content, tags, pinned, createdAt }: Memory): string {
  return [
    `## ${id}`,
    "",
    `- kept: ${new Date(createdAt).toISOString()}`,
    ...tags.map((tag) => `- tag: ${tag}`),
    ...(pinned ? ["- pinned"] : []),
    "",
    ...content.split("\n").map((line) => (line === "" ? ">" : `> ${line}`)),
    "",
  ].join("\n");
}

export const markdownPieces = {
  begin: `${TITLE}\n\n`,
  page: (memories: readonly Memory[]): string => memories.map(memoryToMarkdown).join("\n"),
  end: "",
};

/** Contract: throws an Error with a sentence for a person where it has no memories. Takes time in proportion to it. */
export function readMarkdown(text: string): FileMemory[] {
  const found: FileMemory[] = [];
  let begun: { id: string; tags: string[]; isPinned: boolean; at: number | null; lines: string[] } | null =
    null;
  const finish = () => {
    if (begun === null) return;
    const { id, tags, isPinned, at, lines } = begun;
    found.push({ id, content: lines.join("\n"), tags, isPinned, at });
  };
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("## ")) {
      finish();
      begun = { id: line.slice(3).trim(), tags: [], isPinned: false, at: null, lines: [] };
    } else if (begun === null) {
      continue;
    } else if (line.startsWith(">")) {
      begun.lines.push(line.replace(/^> ?/, ""));
    } else if (line.startsWith("- tag: ")) {
      begun.tags.push(line.slice("- tag: ".length));
    } else if (line.trim() === "- pinned") {
      begun.isPinned = true;
    } else if (line.startsWith("- kept: ")) {
      const at = Date.parse(line.slice("- kept: ".length));
      begun.at = Number.isNaN(at) || at < 0 ? null : at;
    }
  }
  finish();
  if (found.length === 0) throw new Error("There are no memories in this file.");
  return found;
}
