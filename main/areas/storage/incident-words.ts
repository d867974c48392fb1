import type { StorageStatus } from "./contract.ts";

/** For a terminal: what became of the database, in one line. Null when there is nothing to tell. */
export function incidentWords({ incident, backups }: StorageStatus): string | null {
  if (incident === null) return null;
  const { kind, detail, keptAs } = incident;
  const kept = keptAs === null ? "" : ` What was there is kept as ${keptAs}.`;
  if (kind === "restored")
    return `The database is ${detail === "" ? "a new one" : `the backup ${detail}`}.${kept}`;
  if (kind === "incomplete") {
    return `The last entries of the history may be missing: ${detail} when Gatehouse started.`;
  }
  const offer =
    backups.length === 0
      ? "There is no backup."
      : "To go back to a backup: gatehouse backups, gatehouse restore.";
  return `The database was ${kind} (${detail}), and an empty one took over.${kept} ${offer}`;
}
