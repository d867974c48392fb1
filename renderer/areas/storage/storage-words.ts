import type { Backup, StorageStatus, StorageTrouble } from "../../../main/areas/storage/contract.ts";
import { dateAndTime } from "../../ui/time.ts";

const TROUBLES: Readonly<Record<StorageTrouble, string>> = {
  full: "The disk is full. Nothing is allowed until there is room again, because nothing could be put on record. You can still deny and read; Gatehouse goes on by itself.",
  read_only:
    "The disk can only be read. Nothing is allowed, because nothing could be put on record. You can still deny and read; Gatehouse goes on by itself when it can write again.",
  failing:
    "The disk refuses to work. Nothing is allowed, because nothing could be put on record. Gatehouse goes on by itself when it works again.",
  damaged: "The database is damaged. Nothing is allowed, because nothing could be put on record.",
  moved:
    "The database was moved or deleted while Gatehouse runs. Nothing is allowed, because nothing could be put on record. Put it back, or start Gatehouse anew.",
  replaced:
    "Another database takes over when Gatehouse is started anew. Nothing is allowed until then, because nothing could be put on record.",
};

/** What the window says on every page; null when there is nothing to say. */
export function storageWords({ trouble, incident, isReplaced }: StorageStatus): string | null {
  if (isReplaced) return "Gatehouse starts anew with another database.";
  if (trouble !== null) return TROUBLES[trouble];
  if (incident === null) return null;
  const kept = incident.keptAs === null ? "" : ` What was there is kept as ${incident.keptAs}.`;
  switch (incident.kind) {
    case "damaged":
      return `Your history was damaged and could not be read, so it began anew, empty.${kept}`;
    case "missing":
      return `Your history was gone, so it began anew, empty.${kept}`;
    case "incomplete":
      return `The last entries of your history may be missing: ${incident.detail} when Gatehouse started.`;
    case "restored":
      return incident.detail === ""
        ? `Your history began anew, empty.${kept}`
        : `You are back at a backup.${kept}`;
  }
}

const isLost = (kind: NonNullable<StorageStatus["incident"]>["kind"]) =>
  kind === "damaged" || kind === "missing";

/** Whether there is something to choose, and not only to know. */
export const canGoBack = ({ trouble, incident, backups, isReplaced }: StorageStatus): boolean =>
  !isReplaced &&
  (trouble === "damaged" ||
    (trouble === null && incident !== null && isLost(incident.kind) && backups.length > 0));

/** "20 Nov 2026, 14:05 (3.2 MB)" */
export function backupWords({ at, bytes }: Backup): string {
  const megabytes = Math.max(0.1, bytes / 1024 / 1024).toFixed(1);
  return `${dateAndTime(at)} (${megabytes} MB)`;
}
