import type { Clock } from "../../../kernel/clock.ts";
import type { SqliteDatabase } from "../../../kernel/database.ts";
import type { SettingsService } from "../../settings/service.ts";
import type { Check } from "../check.ts";
import { createClockCheck } from "./clock.ts";
import { createConnectionFilesCheck, type OwnConnection, type ReadConnection } from "./connection-files.ts";
import { createDatabaseCheck } from "./database.ts";
import { createDiskSpaceCheck } from "./disk-space.ts";
import { createEventLoopCheck } from "./event-loop.ts";
import { createProviderCheck } from "./provider.ts";
import { createSettingsFileCheck } from "./settings-file.ts";
import { createWaitingRequestsCheck } from "./waiting-requests.ts";
import { createWorkspaceCheck } from "./workspace.ts";

export interface CheckDeps {
  readonly home: string;
  readonly database: SqliteDatabase;
  readonly settings: SettingsService;
  readonly connection: () => OwnConnection;
  readonly readConnection: ReadConnection;
  /** Requests that wait, oldest first. */
  readonly pending: () => readonly { readonly askedAt: number; readonly act: string }[];
  readonly clock: Clock;
}

/** Every check of the daemon, as shown from top to bottom. The desktop adds its own. */
export function createChecks(deps: CheckDeps): Check[] {
  return [
    createDatabaseCheck(deps.database),
    createSettingsFileCheck(deps.settings),
    createWorkspaceCheck(deps.settings),
    createProviderCheck(deps.settings),
    createConnectionFilesCheck(deps.connection, deps.readConnection),
    createWaitingRequestsCheck(deps.pending, deps.clock),
    createDiskSpaceCheck(deps.home),
    createClockCheck(),
    createEventLoopCheck(),
  ];
}
