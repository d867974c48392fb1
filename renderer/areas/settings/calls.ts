import type { settings } from "../../../main/areas/settings/contract.ts";
import { client, snapshots as snapshotsOf } from "../../client/client.ts";

export const calls = client<typeof settings, "window">("settings");
export const snapshots = snapshotsOf<typeof settings, "window">("settings");
