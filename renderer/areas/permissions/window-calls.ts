import type { permissions } from "../../../main/areas/permissions/contract.ts";
import { client, snapshots as snapshotsOf } from "../../client/client.ts";

/** What the window may call beside what both pages may: grants and history. */
export const windowCalls = client<typeof permissions, "window">("permissions");
export const windowSnapshots = snapshotsOf<typeof permissions, "window">("permissions");
