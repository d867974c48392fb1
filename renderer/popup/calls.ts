import type { desktop } from "../../main/desktop/contract.ts";
import { client, snapshots } from "../client/client.ts";

/** What the popup may ask of the desktop. */
export const popupCalls = client<typeof desktop, "popup">("desktop");
export const popupSnapshots = snapshots<typeof desktop, "popup">("desktop");
