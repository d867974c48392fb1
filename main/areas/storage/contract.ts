import * as z from "zod";
import { defineArea } from "../../contract/define.ts";

export const Backup = z.object({ name: z.string(), at: z.int(), bytes: z.int() });
export type Backup = z.infer<typeof Backup>;

/** What keeps anything from being put on record; then nothing is allowed either. */
export const StorageTrouble = z.enum(["full", "read_only", "failing", "damaged", "moved", "replaced"]);
export type StorageTrouble = z.infer<typeof StorageTrouble>;

/** What has become of the database that was there before this one. */
export const StorageIncident = z.object({
  at: z.int(),
  kind: z.enum(["damaged", "missing", "incomplete", "restored"]),
  /** What was wrong; of what was restored, the name of the backup, or "" for an empty history. */
  detail: z.string(),
  /** The file that was kept, in Gatehouse's folder. */
  keptAs: z.string().nullable(),
});
export type StorageIncident = z.infer<typeof StorageIncident>;

export const StorageStatus = z.object({
  trouble: StorageTrouble.nullable(),
  /** Null when there is none, or when the person has been told. */
  incident: StorageIncident.nullable(),
  /** Newest first. */
  backups: z.array(Backup),
  /** Why the last backup could not be made. */
  backupFailure: z.string().nullable(),
  /** Another database takes over at the next start. */
  isReplaced: z.boolean(),
});
export type StorageStatus = z.infer<typeof StorageStatus>;

export const storage = defineArea({
  name: "storage",
  nouns: { Backup, StorageStatus },
  endpoints: {
    getStorage: {
      method: "GET",
      path: "/storage",
      summary: "Whether what happens gets on record, what became of an earlier database, and the backups.",
      pages: ["window"],
      scope: "read",
      input: z.object({}),
      output: StorageStatus,
    },
    makeBackup: {
      method: "POST",
      path: "/storage/backups",
      summary: "Makes a backup of the database now, and checks it. One is made every day.",
      status: 201,
      pages: ["window"],
      scope: "configure",
      input: z.object({}),
      output: Backup,
    },
    restoreBackup: {
      method: "POST",
      path: "/storage/restore",
      summary:
        "Has a backup, or with null an empty history, take over at the next start; the present file is kept.",
      pages: ["window"],
      scope: "admin",
      input: z.strictObject({ name: z.string().max(100).nullable() }),
      /** Whether Gatehouse starts anew by itself. */
      output: z.object({ restarts: z.boolean() }),
    },
    dismissIncident: {
      method: "POST",
      path: "/storage/incident/seen",
      summary: "Goes on with what there is: the window shows the incident no more.",
      pages: ["window"],
      scope: "configure",
      input: z.object({}),
      output: StorageStatus,
    },
  },
  events: { changed: StorageStatus },
  eventScopes: { changed: "read" },
  errors: { backup_not_found: 404, backup_failed: 507, for_person: 403 },
});
