import { readdirSync, rmSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";

/** A copy of the database that was whole when it was made. */
export interface Backup {
  readonly name: string;
  readonly at: number;
  readonly bytes: number;
}

const DAY_MS = 24 * 3_600_000;
const KEPT = 5;
const MAX_BYTES = 1024 * 1024 * 1024;
/** What a copy leaves free for the record itself. */
const LEFT_FREE_BYTES = 64 * 1024 * 1024;

const NAME = /^gatehouse-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.db$/;

/** A moment as a part of a file name: 2026-11-21T20-40-12Z. */
export const fileStamp = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 19).replaceAll(":", "-")}Z`;

export const backupName = (at: number): string => `gatehouse-${fileStamp(at)}.db`;

function timeIn(name: string): number | null {
  const [, day, hours, minutes, seconds] = NAME.exec(name) ?? [];
  if (day === undefined) return null;
  const at = Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(at) ? null : at;
}

/** Newest first. A folder that is not there holds none. */
export function listBackups(folder: string): Backup[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .flatMap((name): Backup[] => {
      const at = timeIn(name);
      const found = at === null ? undefined : statSync(join(folder, name), { throwIfNoEntry: false });
      return at === null || found?.isFile() !== true ? [] : [{ name, at, bytes: found.size }];
    })
    .toSorted((a, b) => b.at - a.at);
}

/** One of within a day, whichever way the clock was set since, will do. */
export function isBackupDue(backups: readonly Backup[], now: number): boolean {
  return backups.every(({ at }) => Math.abs(now - at) >= DAY_MS);
}

/** Those that are one too many or too large together; the newest stays in any case. */
export function superfluous(
  backups: readonly Backup[],
  { kept = KEPT, maxBytes = MAX_BYTES }: { readonly kept?: number; readonly maxBytes?: number } = {},
): Backup[] {
  let bytes = 0;
  return backups.filter((backup, at) => {
    bytes += backup.bytes;
    return at > 0 && (at >= kept || bytes > maxBytes);
  });
}

export function removeSuperfluous(folder: string): void {
  for (const { name } of superfluous(listBackups(folder))) rmSync(join(folder, name), { force: true });
}

/** What was left of copies in the middle of which the power went. */
export function removeUnfinished(folder: string): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names.filter((each) => /^gatehouse[^/]*\.tmp(-journal|-wal|-shm)?$/.test(each)))
    rmSync(join(folder, name), { force: true });
}

/** Contract: throws when there is not room enough for a copy of this file beside the record. */
export function requireRoom(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= bytes + LEFT_FREE_BYTES) return;
  throw new Error("there is not room enough on the disk for a backup");
}
