import type { Diff, Risk } from "../contract.ts";
import { nameList, spellingsOf } from "../knowledge/name-list.ts";
import { obeyedFiles } from "../knowledge/obeyed-files.ts";
import { ranked, risk } from "./risk.ts";

export interface FileChange {
  readonly path: string;
  readonly status: Diff["status"];
}

const list = nameList(
  obeyedFiles.map(({ names, by }) => ({ names, value: by })),
  { isForFolders: false },
);

function obeyedBy(path: string): string | null {
  for (const parts of spellingsOf(path)) {
    const by = list.find(parts);
    if (by !== null) return by;
  }
  return null;
}

/** Whether some program runs or obeys what is in the file, without another question. */
export const isObeyed = (path: string): boolean => obeyedBy(path) !== null;

export function fileChangeRisks({ path, status }: FileChange): Risk[] {
  return ranked([...obeyedRisks(path), writing(status)]);
}

/** What follows from where something is written, whatever writes it. */
export function obeyedRisks(path: string): Risk[] {
  const by = obeyedBy(path);
  if (by === null) return [];
  return [
    risk(
      "runs_code",
      "medium",
      `is obeyed by ${by}`,
      "What is written here takes effect later without another question.",
    ),
  ];
}

function writing(status: Diff["status"]): Risk {
  switch (status) {
    case "created":
      return risk("writes", "low", "creates a file", "Nothing that exists is changed.");
    case "changed":
      return risk("writes", "low", "changes a file", "Only the lines shown are changed.");
    case "overwritten":
      return risk("writes", "medium", "replaces a whole file", "What was in it before is gone.");
  }
}
