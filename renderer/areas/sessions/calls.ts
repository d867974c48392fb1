import type { sessions } from "../../../main/areas/sessions/contract.ts";
import { client, snapshots as snapshotsOf } from "../../client/client.ts";

export const calls = client<typeof sessions, "window">("sessions");
export const snapshots = snapshotsOf<typeof sessions, "window">("sessions");
