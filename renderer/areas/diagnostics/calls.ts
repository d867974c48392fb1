import type { diagnostics } from "../../../main/areas/diagnostics/contract.ts";
import { client, snapshots as snapshotsOf } from "../../client/client.ts";

export const calls = client<typeof diagnostics, "window">("diagnostics");
export const snapshots = snapshotsOf<typeof diagnostics, "window">("diagnostics");
