import type { storage } from "../../../main/areas/storage/contract.ts";
import { client, snapshots as snapshotsOf } from "../../client/client.ts";

export const calls = client<typeof storage, "window">("storage");
export const snapshots = snapshotsOf<typeof storage, "window">("storage");
