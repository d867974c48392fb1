import type { storage, StorageStatus } from "../../../main/areas/storage/contract.ts";
import { followedStore } from "../../client/followed-store.ts";
import { snapshots } from "./calls.ts";

export const useStorage = followedStore<typeof storage, StorageStatus | null>({
  area: "storage",
  empty: null,
  load: () => snapshots.getStorage(),
  reducers: { changed: (_, status) => status },
});
