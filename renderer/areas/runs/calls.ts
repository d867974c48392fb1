import type { runs } from "../../../main/areas/runs/contract.ts";
import { client, snapshots as snapshotsOf } from "../../client/client.ts";
import { streams } from "../../client/streams.ts";

export const calls = client<typeof runs, "window">("runs");
export const snapshots = snapshotsOf<typeof runs, "window">("runs");
export const follows = streams<typeof runs, "window">("runs");
