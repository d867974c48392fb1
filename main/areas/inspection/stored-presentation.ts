import type { Diff, Presentation } from "./contract.ts";

/** What an earlier version wrote: the lines of a hunk one by one. */
interface ListedHunk {
  readonly beforeStart: number;
  readonly afterStart: number;
  readonly lines: readonly { readonly kind: "same" | "added" | "removed"; readonly text: string }[];
}

const signs = { same: " ", added: "+", removed: "-" } as const;

/** A presentation as it is on record, in today's form. */
export function storedPresentation(stored: Presentation): Presentation {
  if (stored.body.kind !== "diff") return stored;
  const { diff } = stored.body;
  const hunks = (diff.hunks as readonly (Diff["hunks"][number] | ListedHunk)[]).map(inOneText);
  return { ...stored, body: { kind: "diff", diff: { ...diff, hunks } } };
}

function inOneText(hunk: Diff["hunks"][number] | ListedHunk): Diff["hunks"][number] {
  if (!("lines" in hunk)) return hunk;
  const { beforeStart, afterStart, lines } = hunk;
  const text = lines.map(
    (line) => (line.text.startsWith("\\ No newline") ? "" : signs[line.kind]) + line.text,
  );
  return { beforeStart, afterStart, text: text.join("\n") };
}
