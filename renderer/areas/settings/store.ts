import type { Settings, SettingsContract } from "./sections.ts";
import { followedStore } from "../../client/followed-store.ts";
import { snapshots } from "./calls.ts";

export const useSettings = followedStore<SettingsContract, Settings | null>({
  area: "settings",
  empty: null,
  load: () => snapshots.getSettings(),
  reducers: { changed: (_, settings) => settings },
});
