import type { Migration } from "./migration.ts";
import type { SqliteDatabase } from "./sqlite.ts";

/**
 * What has become of a database that was here before this one: its file was kept, and this one took over. `incomplete`
 * is this one without its last entries.
 */
export interface Incident {
  readonly at: number;
  readonly kind: "damaged" | "missing" | "incomplete" | "restored";
  /** What was wrong; of what was restored, the name of the backup. */
  readonly detail: string;
  /** The name under which the earlier file lies beside this one; null when there was none. */
  readonly keptAs: string | null;
}

interface IncidentRow {
  readonly key: number;
  readonly at: number;
  readonly kind: Incident["kind"];
  readonly detail: string;
  readonly kept_as: string | null;
}

/** A database that takes over says itself why, so that this is never known without it, nor it without this. */
export const incidentMigrations: readonly Migration[] = [
  {
    id: "20261122-4-incidents",
    sql: `
      CREATE TABLE storage_incidents (
        key INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        detail TEXT NOT NULL,
        kept_as TEXT,
        seen_at INTEGER
      ) STRICT;
    `,
  },
];

export function recordIncident(db: SqliteDatabase, { at, kind, detail, keptAs }: Incident): void {
  db.prepare("INSERT INTO storage_incidents (at, kind, detail, kept_as) VALUES (?, ?, ?, ?)").run(
    at,
    kind,
    detail,
    keptAs,
  );
}

/** The newest one, and whether a person has been told. */
export function newestIncident(db: SqliteDatabase): (Incident & { readonly isSeen: boolean }) | null {
  const row = db
    .prepare<[], IncidentRow & { readonly seen_at: number | null }>(
      "SELECT key, at, kind, detail, kept_as, seen_at FROM storage_incidents WHERE key = (SELECT max(key) FROM storage_incidents)",
    )
    .get();
  if (row === undefined) return null;
  const { at, kind, detail, kept_as: keptAs, seen_at: seenAt } = row;
  return { at, kind, detail, keptAs, isSeen: seenAt !== null };
}

export function markIncidentsSeen(db: SqliteDatabase, at: number): void {
  db.prepare("UPDATE storage_incidents SET seen_at = ? WHERE seen_at IS NULL").run(at);
}
