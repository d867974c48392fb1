import { failed, ok, warning, type Check } from "../../../kernel/check.ts";
import type { StorageStatus, StorageTrouble } from "../contract.ts";

const DAY_MS = 24 * 3_600_000;

const TROUBLES: Readonly<Record<StorageTrouble, readonly [message: string, fix: string]>> = {
  full: [
    "The disk is full. Nothing can be put on record, so nothing is allowed.",
    "Free some space; Gatehouse goes on by itself.",
  ],
  read_only: [
    "The disk can only be read. Nothing can be put on record, so nothing is allowed.",
    "Make the disk writable again; Gatehouse goes on by itself.",
  ],
  failing: [
    "The disk refuses to work. Nothing can be put on record, so nothing is allowed.",
    "Look at the disk; Gatehouse goes on by itself when it works again.",
  ],
  damaged: [
    "The database is damaged. Nothing can be put on record, so nothing is allowed.",
    "Restore a backup in the window, or with gatehouse restore.",
  ],
  moved: [
    "The database, or its lock, was moved or deleted while Gatehouse runs. Nothing can be put on record, so nothing is allowed.",
    "Put the files back, or start Gatehouse anew.",
  ],
  replaced: [
    "Another database takes over when Gatehouse is started anew. Nothing is put on record until then, so nothing is allowed.",
    "Start Gatehouse anew.",
  ],
};

/** Whether what happens gets on record, and whether it could be had back. */
export function createRecordCheck(status: () => StorageStatus, now: () => number): Check {
  return {
    name: "record",
    title: "Record",
    run() {
      const { trouble, incident, backups, backupFailure } = status();
      if (trouble !== null) return failed(...TROUBLES[trouble]);
      if (incident?.kind === "incomplete") {
        return warning(
          `The last entries of the history may be missing: ${incident.detail}.`,
          "Leave the files whose names begin with gatehouse.db alone, also while Gatehouse does not run.",
        );
      }
      if (incident !== null && incident.kind !== "restored") {
        return failed(
          `The database was ${incident.kind} (${incident.detail}), so the history is empty.`,
          "Restore a backup or go on without it: the window asks you.",
        );
      }
      if (backupFailure !== null) {
        return warning(
          `The last backup could not be made: ${backupFailure}.`,
          "It is tried again every hour.",
        );
      }
      const [newest] = backups;
      if (newest === undefined) return ok("Written. The first backup comes soon.");
      const days = Math.floor(Math.max(0, now() - newest.at) / DAY_MS);
      return ok(`Written. The newest backup is ${days === 0 ? "of today" : `${days} d old`}.`);
    },
  };
}
