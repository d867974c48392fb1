import type { diagnostics } from "../../../main/areas/diagnostics/contract.ts";
import { snapshots, type Api } from "../../client/api.ts";
import { followedStore } from "../../client/followed-store.ts";

export type Diagnostics = Awaited<ReturnType<Api["diagnostics"]["getDiagnostics"]>>;

const rememberedErrors = 50;

export const useDiagnostics = followedStore<typeof diagnostics, Diagnostics | null>({
  area: "diagnostics",
  empty: null,
  load: () => snapshots.diagnostics.getDiagnostics(),
  reducers: {
    errorRecorded: (state, error) =>
      state === null
        ? state
        : { ...state, recentErrors: [error, ...state.recentErrors].slice(0, rememberedErrors) },
  },
});
