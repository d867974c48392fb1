import { client, snapshots as snapshotsOf } from "../../client/client.ts";
import type { SettingsContract } from "./sections.ts";

export const calls = client<SettingsContract, "window">("settings");
export const snapshots = snapshotsOf<SettingsContract, "window">("settings");
