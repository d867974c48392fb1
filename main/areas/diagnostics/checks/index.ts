import type { Check } from "../../../kernel/check.ts";
import type { SqliteDatabase } from "../../../kernel/database.ts";
import { createClockCheck } from "./clock.ts";
import { createConnectionFilesCheck, type OwnConnection, type ReadConnection } from "./connection-files.ts";
import { createDatabaseCheck } from "./database.ts";
import { createDiskSpaceCheck } from "./disk-space.ts";
import { createEventLoopCheck } from "./event-loop.ts";

export interface CheckDeps {
  readonly home: string;
  readonly database: SqliteDatabase;
  readonly noticed: (error: unknown) => unknown;
  readonly connection: () => OwnConnection;
  readonly readConnection: ReadConnection;
  /** What the other areas bring. */
  readonly ofAreas: () => readonly Check[];
}

/** Every check of the daemon, as shown from top to bottom. */
export function createChecks(deps: CheckDeps): () => readonly Check[] {
  const first = [createDatabaseCheck(deps.database, deps.noticed)];
  const last = [
    createConnectionFilesCheck(deps.connection, deps.readConnection),
    createDiskSpaceCheck(deps.home),
    createClockCheck(),
    createEventLoopCheck(),
  ];
  return () => [...first, ...deps.ofAreas(), ...last];
}
