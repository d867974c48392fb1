import type { diagnostics } from "../../../main/areas/diagnostics/contract.ts";
import { followedStore } from "../../client/followed-store.ts";
import { snapshots, type calls } from "./calls.ts";

export type Diagnostics = Awaited<ReturnType<(typeof calls)["getDiagnostics"]>>;

const rememberedErrors = 50;

export const useDiagnostics = followedStore<typeof diagnostics, Diagnostics | null>({
  area: "diagnostics",
  empty: null,
  load: () => snapshots.getDiagnostics(),
  reducers: {
    errorRecorded: (state, error) =>
      state === null
        ? state
        : { ...state, recentErrors: [error, ...state.recentErrors].slice(0, rememberedErrors) },
  },
});
