import type { retention, Sizes } from "../../../main/areas/retention/contract.ts";
import { followedStore } from "../../client/followed-store.ts";
import { snapshots } from "./calls.ts";

export const useSizes = followedStore<typeof retention, Sizes | null>({
  area: "retention",
  empty: null,
  load: () => snapshots.getSizes(),
  reducers: { measured: (_, sizes) => sizes },
});
