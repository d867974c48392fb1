import type { permissions, PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import { followedStore } from "../../client/followed-store.ts";
import { snapshots } from "./calls.ts";

export interface Pending {
  /** Oldest first. */
  readonly waiting: readonly PermissionSummary[];
  /** What was settled while this page looked on, newest first. */
  readonly settled: readonly PermissionSummary[];
}

const rememberedSettled = 50;

export function asked(state: Pending, request: PermissionSummary): Pending {
  if (state.waiting.some(({ id }) => id === request.id)) return state;
  return { ...state, waiting: [...state.waiting, request] };
}

/** The first word about the outcome counts: our own answer comes back once more as an event. */
export function settled(state: Pending, request: PermissionSummary): Pending {
  const known = state.settled.some(({ id }) => id === request.id);
  return {
    waiting: state.waiting.filter(({ id }) => id !== request.id),
    settled: known ? state.settled : [request, ...state.settled].slice(0, rememberedSettled),
  };
}

export const usePending = followedStore<typeof permissions, Pending>({
  area: "permissions",
  empty: { waiting: [], settled: [] },
  load: async (before) => {
    const { value, seq } = await snapshots.listPending();
    return { value: { ...before, waiting: value.permissions }, seq };
  },
  reducers: { asked, settled, granted: "ignore", revoked: "ignore", recorded: "ignore" },
});

export const useWaitingCount = () => usePending(({ data }) => data.waiting.length);
