import { fail } from "../../contract/fail.ts";
import type { Principal } from "../../contract/principal.ts";
import type { BackupKeeper } from "../../kernel/backup-keeper.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import type { Loosen } from "../../kernel/loosening.ts";
import type { StorageHealth } from "../../kernel/storage-health.ts";
import { storage, type Backup, type StorageStatus, type StorageTrouble } from "./contract.ts";
import type { IncidentStore } from "./store.ts";

export interface StorageService {
  status(): StorageStatus;
  trouble(): StorageTrouble | null;
  makeBackup(): Promise<Backup>;
  /** Contract: resolves once the next start has it, whenever that is. */
  restore(name: string | null, by: Principal): Promise<{ restarts: boolean }>;
  dismissIncident(): StorageStatus;
}

export function createStorageService(deps: {
  readonly store: IncidentStore;
  readonly commit: GroupCommit;
  readonly health: StorageHealth;
  readonly clock: Clock;
  readonly backups: BackupKeeper;
  readonly loosen: Loosen;
  readonly publish: Publish<typeof storage>;
  /** Ends this process and starts it anew. Null where nobody would. */
  readonly restart: (() => void) | null;
}): StorageService {
  const { store, commit, health, clock, backups, publish, restart } = deps;
  let incident = store.unseen();
  let isReplaced = false;

  const status = (): StorageStatus => ({
    trouble: health.current(),
    incident,
    backups: backups.list(),
    backupFailure: backups.failure(),
    isReplaced,
  });
  const changed = () => publish("storage.changed", status());
  health.listen(changed);

  const prepare = async (name: string | null) => {
    try {
      await backups.arrange(name, { kind: "restored", detail: name ?? "" });
    } catch (cause) {
      const why = (cause as Error).message;
      throw fail(storage, "backup_failed", `That did not work, and nothing was changed: ${why}.`);
    }
    isReplaced = true;
    // Where nobody starts it anew, what is answered until then would be forgotten with this database.
    if (restart === null) health.replaced();
    changed();
    restart?.();
    return { restarts: restart !== null };
  };

  return {
    status,
    trouble: () => health.current(),
    async makeBackup() {
      try {
        return await backups.make();
      } catch (cause) {
        const why = (cause as Error).message;
        throw fail(storage, "backup_failed", `The backup was not made: ${why}.`);
      } finally {
        changed();
      }
    },
    async restore(name, by) {
      const backup = backups.list().find((each) => each.name === name);
      if (name !== null && backup === undefined) {
        throw fail(storage, "backup_not_found", "There is no such backup.");
      }
      // A damaged database takes no record of it and knows no other way to ask; the one that takes over says it.
      if (health.current() === "damaged") {
        if (by.kind === "person") return prepare(name);
        throw fail(storage, "for_person", "While the database is damaged only the person can do that.");
      }
      const day = backup === undefined ? null : new Date(backup.at).toISOString().slice(0, 10);
      const sentence =
        day === null
          ? "The history, grants and keys begin anew, empty."
          : `Grants and keys hold as they did on ${day}, also those that were revoked since.`;
      return deps.loosen({ act: "replace the database", sentences: [sentence] }, by, () => prepare(name));
    },
    dismissIncident() {
      commit.now(() => store.markSeen(clock.now()));
      incident = null;
      changed();
      return status();
    },
  };
}
