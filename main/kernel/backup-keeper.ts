import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { isBackupDue, listBackups, type Backup } from "./backups.ts";
import type { BackupResult, BackupTask } from "./backup-worker.ts";
import type { Clock } from "./clock.ts";
import type { Incident } from "./incidents.ts";
import type { Migration } from "./migration.ts";
import { isTooLargeForStart } from "./replacement.ts";
import type { StorageHealth } from "./storage-health.ts";

/** Copies of the database, made and checked once a day, and the way back to one of them. */
export interface BackupKeeper {
  /** Newest first. */
  list(): Backup[];
  /** Why the last one could not be made; null when it could. */
  failure(): string | null;
  make(): Promise<Backup>;
  /** Bytes by table, with its indexes and whatever is kept for it. Reads all of the file, in a thread of its own. */
  tableSizes(): Promise<Readonly<Record<string, number>>>;
  /** The next start has this backup, or with null an empty history; what is there now is kept under another name. */
  arrange(name: string | null, why: Pick<Incident, "kind" | "detail">): Promise<void>;
  stop(): void;
}

const FIRST_LOOK_MS = 60_000;
const LOOK_EVERY_MS = 3_600_000;
const CHECK_AFTER_MS = 10_000;

/** A bundle has the worker beside it as a file of its own. */
const script = new URL(
  import.meta.url.endsWith(".ts") ? "backup-worker.ts" : "backup-worker.cjs",
  import.meta.url,
);

export function createBackupKeeper(deps: {
  readonly file: string;
  readonly folder: string;
  readonly migrations: readonly Migration[];
  readonly health: StorageHealth;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
}): BackupKeeper {
  const { file, folder, migrations, health, clock, report } = deps;
  let failure: string | null = null;
  let cancelTimer = () => {};
  let isStopped = false;
  /** One at a time: two copies at once would be twice the work for the disk. */
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work, work);
    last = done.catch(() => {});
    return done;
  };

  const make = () =>
    inTurn(async () => {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const result = await perform({ does: "back up", file, folder, at: clock.now() });
        if (!("made" in result) || result.made === null) throw new Error("nothing was copied");
        failure = null;
        return result.made;
      } catch (error) {
        failure = (error as Error).message;
        throw health.noticed(error);
      }
    });

  const look = async () => {
    try {
      if (health.current() === null && isBackupDue(listBackups(folder), clock.now())) await make();
    } catch (error) {
      report(error);
    }
    plan(LOOK_EVERY_MS, look);
  };

  const check = async () => {
    try {
      if (isTooLargeForStart(file)) await inTurn(() => perform({ does: "check", file }));
    } catch (error) {
      report(health.noticed(error));
    }
    plan(FIRST_LOOK_MS, look);
  };

  const plan = (ms: number, then: () => Promise<void>) => {
    if (!isStopped) cancelTimer = clock.after(ms, () => void then());
  };
  plan(CHECK_AFTER_MS, check);

  return {
    list: () => listBackups(folder),
    failure: () => failure,
    make,
    tableSizes: () =>
      inTurn(async () => {
        const result = await perform({ does: "measure", file });
        if (!("tables" in result)) throw new Error("nothing was measured");
        return result.tables;
      }),
    async arrange(name, why) {
      const from = name === null ? null : join(folder, name);
      await inTurn(() =>
        perform({ does: "prepare", file, migrations, from, why: { ...why, at: clock.now() } }),
      );
    },
    stop() {
      isStopped = true;
      cancelTimer();
    },
  };
}

function perform(task: BackupTask): Promise<Exclude<BackupResult, { readonly failure: string }>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: task, name: "backup" });
    // Nobody is kept from ending by it: what is half done then is removed by the next start.
    worker.unref();
    worker.on("message", (result: BackupResult) => {
      if ("failure" in result) reject(Object.assign(new Error(result.failure), { code: result.code }));
      else resolve(result);
    });
    worker.on("error", reject);
    worker.on("exit", () => reject(new Error("the thread for backups ended")));
  });
}
