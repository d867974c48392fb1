import type { Settings, settings } from "../../../main/areas/settings/contract.ts";
import { snapshots } from "../../client/api.ts";
import { followedStore } from "../../client/followed-store.ts";

export const useSettings = followedStore<typeof settings, Settings | null>({
  area: "settings",
  empty: null,
  load: () => snapshots.settings.getSettings(),
  reducers: { changed: (_, settings) => settings },
});
