import type { runs } from "../../../main/areas/runs/contract.ts";
import { client, snapshots as snapshotsOf } from "../../client/client.ts";

export const calls = client<typeof runs, "window">("runs");
export const snapshots = snapshotsOf<typeof runs, "window">("runs");
