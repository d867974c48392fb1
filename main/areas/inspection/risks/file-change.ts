import type { Diff, Remember, Risk } from "../contract.ts";
import { ranked, risk } from "./risk.ts";
import { withReach, writtenRisks } from "./where.ts";

export interface FileChange {
  readonly path: string;
  readonly status: Diff["status"];
}

export function fileChangeRisks({ path, status }: FileChange, workDir: string): Risk[] {
  const places = { workDir, folders: [workDir] };
  return ranked(withReach([...writtenRisks(path, places), writing(status)], [path], places));
}

/**
 * A grant for every change covers what is plainly a file of the work folder: none that some program obeys later, which
 * may run code, and none elsewhere.
 */
export const rememberFileChange = (change: FileChange, workDir: string): Remember =>
  fileChangeRisks(change, workDir).every(({ kind, level }) => kind === "writes" && level !== "high")
    ? "wide"
    : "narrow";

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
