import type { memories } from "../../../main/areas/memories/contract.ts";
import { client, snapshots as snapshotsOf } from "../../client/client.ts";

export const calls = client<typeof memories, "window">("memories");
export const snapshots = snapshotsOf<typeof memories, "window">("memories");
