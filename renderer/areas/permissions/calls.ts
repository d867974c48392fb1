import type { permissions } from "../../../main/areas/permissions/contract.ts";
import type { Page } from "../../../main/contract/define.ts";
import { client, snapshots as snapshotsOf } from "../../client/client.ts";

/** What both pages may call. */
export const calls = client<typeof permissions, Page>("permissions");
export const snapshots = snapshotsOf<typeof permissions, Page>("permissions");
