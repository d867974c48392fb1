import type { MemoryReason, MemorySource } from "../../../main/areas/memories/contract.ts";

/** Who kept or changed it, as one reads it behind "by". Names of others stand apart. */
export function sourceWords({ kind, clientId }: MemorySource): {
  readonly words: string;
  readonly name: string;
} {
  switch (kind) {
    case "person":
      return { words: "you", name: "" };
    case "run":
      return { words: "a run", name: clientId };
    case "client":
      return clientId === "" ? { words: "a program", name: "" } : { words: "", name: clientId };
    case "import":
      return { words: "an import", name: "" };
  }
}

/** Why a run was told of it. */
export const reasonWords = (why: MemoryReason): string =>
  why.kind === "pinned" ? "it is pinned" : `the prompt says ${why.words.join(", ")}`;
