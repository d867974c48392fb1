import type { SqliteDatabase } from "../../kernel/database.ts";
import { markIncidentsSeen, newestIncident } from "../../kernel/incidents.ts";
import type { StorageIncident } from "./contract.ts";

export type IncidentStore = ReturnType<typeof createIncidentStore>;

export function createIncidentStore(db: SqliteDatabase) {
  return {
    /** What nobody has been told yet; the newest, where there are several. */
    unseen(): StorageIncident | null {
      const found = newestIncident(db);
      if (found === null || found.isSeen) return null;
      const { at, kind, detail, keptAs } = found;
      return { at, kind, detail, keptAs };
    },
    markSeen: (at: number): void => markIncidentsSeen(db, at),
  };
}
