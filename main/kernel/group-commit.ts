import type { SqliteDatabase } from "./database.ts";
import type { StorageHealth } from "./storage-health.ts";

interface Unit {
  readonly work: () => void;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Writes of one turn of the event loop share one transaction, so that durability costs one commit, not one per row.
 * What others may see (answers, frames, events) is sent from `done`, after the commit.
 */
export interface GroupCommit {
  /**
   * Queues `work` for the next shared transaction; exactly one of `done` and `failed` follows, in queue order.
   * When the shared transaction fails, each unit is tried on its own, so a bad write takes no neighbour with it.
   */
  queue(work: () => void, done: () => void, failed: (error: unknown) => void): void;
  /** Resolves when `work` is committed, rejects when it can't be. */
  write(work: () => void): Promise<void>;
  /** Commits all that is queued and `work` now; throws when `work` can't be committed, and only then. */
  now<T>(work: () => T): T;
  /** Like `now`, and on the disk itself when it returns: a loss of power does not take it back. */
  durably<T>(work: () => T): T;
  /** Like `now`; what is deleted is overwritten in the database file. */
  erasing<T>(work: () => T): T;
  /** Commits all that is queued, now. Never throws. */
  flush(): void;
}

/**
 * @param report gets what a `done` or `failed` throws: the others are told all the same.
 * @param health is told of what can't be committed, and says it in its words.
 */
export function createGroupCommit(
  db: SqliteDatabase,
  report: (error: unknown) => void,
  health: Pick<StorageHealth, "noticed" | "mayWrite"> = { noticed: (error) => error, mayWrite: () => {} },
): GroupCommit {
  let queued: Unit[] = [];
  let scheduled = false;
  let untold: (() => void)[] = [];
  let told = 0;

  const runAll = db.transaction((units: readonly Unit[]) => {
    for (const unit of units) unit.work();
  });

  const attempt = <T>(commitIt: () => T): T => {
    health.mayWrite();
    try {
      return commitIt();
    } catch (error) {
      throw health.noticed(error);
    }
  };

  const commit = (units: readonly Unit[]) => {
    try {
      attempt(() => runAll.immediate(units));
    } catch {
      // Which unit failed is not known, so each gets a transaction of its own.
      for (const unit of units) commitAlone(unit);
      return;
    }
    for (const unit of units) untold.push(unit.done);
  };

  const commitAlone = (unit: Unit) => {
    try {
      attempt(() => runAll.immediate([unit]));
    } catch (error) {
      untold.push(() => unit.failed(error));
      return;
    }
    untold.push(unit.done);
  };

  /** Who is told may write and flush in turn; what was committed before is told before. */
  const tell = () => {
    while (told < untold.length) {
      const next = untold[told];
      told += 1;
      try {
        next?.();
      } catch (error) {
        report(error);
      }
    }
    untold = [];
    told = 0;
  };

  const flush = () => {
    scheduled = false;
    tell();
    if (queued.length === 0) return;
    const units = queued;
    queued = [];
    commit(units);
    tell();
  };

  const queue: GroupCommit["queue"] = (work, done, failed) => {
    queued.push({ work, done, failed });
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  };

  return {
    queue,
    write: (work) => new Promise((resolve, reject) => queue(work, resolve, reject)),
    now<T>(work: () => T): T {
      flush();
      return attempt(() => db.transaction(work).immediate());
    },
    durably<T>(work: () => T): T {
      flush();
      return attempt(() => {
        db.exec("PRAGMA synchronous = FULL");
        try {
          return db.transaction(work).immediate();
        } finally {
          db.exec("PRAGMA synchronous = NORMAL");
        }
      });
    },
    erasing<T>(work: () => T): T {
      flush();
      return attempt(() => {
        db.exec("PRAGMA secure_delete = ON");
        try {
          return db.transaction(work).immediate();
        } finally {
          db.exec("PRAGMA secure_delete = OFF");
        }
      });
    },
    flush,
  };
}
