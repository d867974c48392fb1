import type { questions } from "../../../main/areas/questions/contract.ts";
import type { Page } from "../../../main/contract/define.ts";
import { client, snapshots as snapshotsOf } from "../../client/client.ts";

/** What both pages may call. */
export const calls = client<typeof questions, Page>("questions");
export const snapshots = snapshotsOf<typeof questions, Page>("questions");
