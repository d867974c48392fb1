import type { Settings, settings } from "../../../main/areas/settings/contract.ts";
import { followedStore } from "../../client/followed-store.ts";
import { snapshots } from "./calls.ts";

export const useSettings = followedStore<typeof settings, Settings | null>({
  area: "settings",
  empty: null,
  load: () => snapshots.getSettings(),
  reducers: { changed: (_, settings) => settings },
});
