import type { usage } from "../../../main/areas/usage/contract.ts";
import { client, snapshots as snapshotsOf } from "../../client/client.ts";

export const calls = client<typeof usage, "window">("usage");
export const snapshots = snapshotsOf<typeof usage, "window">("usage");
