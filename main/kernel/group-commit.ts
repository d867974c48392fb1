import type { SqliteDatabase } from "./database.ts";

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
  /** Commits all that is queued and `work` now; throws when `work` can't be committed. */
  now<T>(work: () => T): T;
  /** Commits all that is queued, now. */
  flush(): void;
}

export function createGroupCommit(db: SqliteDatabase): GroupCommit {
  let queued: Unit[] = [];
  let scheduled = false;

  const runAll = db.transaction((units: readonly Unit[]) => {
    for (const unit of units) unit.work();
  });

  const flush = () => {
    scheduled = false;
    if (queued.length === 0) return;
    const units = queued;
    queued = [];
    try {
      runAll.immediate(units);
    } catch {
      // Which unit failed is not known, so each gets a transaction of its own below.
      return commitOneByOne(units);
    }
    for (const unit of units) unit.done();
  };

  const commitOneByOne = (units: readonly Unit[]) => {
    for (const unit of units) {
      try {
        runAll.immediate([unit]);
      } catch (error) {
        unit.failed(error);
        continue;
      }
      unit.done();
    }
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
      return db.transaction(work).immediate();
    },
    flush,
  };
}
