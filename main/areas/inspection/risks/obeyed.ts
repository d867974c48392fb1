import type { Risk } from "../contract.ts";
import { nameList, rememberingPaths, spellingsOf } from "../knowledge/name-list.ts";
import { obeyedFiles } from "../knowledge/obeyed-files.ts";
import { risk } from "./risk.ts";

const list = nameList(
  obeyedFiles.map(({ names, by }) => ({ names, value: by })),
  { isForFolders: false },
);

/** Who runs or obeys what is in the file, without another question. */
const obeyedBy = rememberingPaths((path): string | null => {
  for (const parts of spellingsOf(path)) {
    const by = list.find(parts);
    if (by !== null) return by;
  }
  return null;
});

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
