import type { access } from "../../../main/areas/access/contract.ts";
import { client, snapshots as snapshotsOf } from "../../client/client.ts";

export const calls = client<typeof access, "window">("access");
export const snapshots = snapshotsOf<typeof access, "window">("access");
