import type { SqliteDatabase } from "../../kernel/database.ts";

export interface MeasuredSize {
  readonly kind: string;
  readonly bytes: number;
  readonly measuredAt: number;
}

const DAYS_KEPT = 400;

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

export type SizeStore = ReturnType<typeof createSizeStore>;

export function createSizeStore(db: SqliteDatabase) {
  const write = db.prepare<[string, string, number, number]>(
    "INSERT OR REPLACE INTO kept_sizes (day, kind, bytes, measured_at) VALUES (?, ?, ?, ?)",
  );
  const forget = db.prepare<[string]>("DELETE FROM kept_sizes WHERE day < ?");
  const ofDay = db.prepare<[string], { kind: string; bytes: number; measured_at: number }>(
    "SELECT kind, bytes, measured_at FROM kept_sizes WHERE day = (SELECT max(day) FROM kept_sizes WHERE day <= ?)",
  );
  const freePages = db.prepare<[], number>("SELECT freelist_count FROM pragma_freelist_count").pluck();
  const pages = db.prepare<[], number>("SELECT page_count FROM pragma_page_count").pluck();
  const pageSize = db.prepare<[], number>("SELECT page_size FROM pragma_page_size").pluck().get() ?? 4096;

  return {
    write(sizes: ReadonlyMap<string, number>, at: number): void {
      for (const [kind, bytes] of sizes) write.run(dayOf(at), kind, bytes, at);
      forget.run(dayOf(at - DAYS_KEPT * 86_400_000));
    },
    /** As measured on the day of `at`, or on the last one before it on which that was done. */
    upTo: (at: number): MeasuredSize[] =>
      ofDay.all(dayOf(at)).map(({ kind, bytes, measured_at: measuredAt }) => ({ kind, bytes, measuredAt })),
    freeBytes: (): number => (freePages.get() ?? 0) * pageSize,
    bytes: (): number => (pages.get() ?? 0) * pageSize,
    /** Gives the last so many free pages back to the disk, where the file was made for that. */
    giveBack(atMost: number): void {
      db.pragma(`incremental_vacuum(${atMost})`);
    },
    canGiveBack: (): boolean => db.pragma("auto_vacuum", { simple: true }) === 2,
  };
}
