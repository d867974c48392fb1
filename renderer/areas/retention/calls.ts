import type { retention } from "../../../main/areas/retention/contract.ts";
import { client, snapshots as snapshotsOf } from "../../client/client.ts";

export const calls = client<typeof retention, "window">("retention");
export const snapshots = snapshotsOf<typeof retention, "window">("retention");
