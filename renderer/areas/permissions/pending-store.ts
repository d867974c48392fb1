import type { permissions, PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import type { WaitingItem } from "../../../main/areas/waiting/contract.ts";
import { followedStore } from "../../client/followed-store.ts";
import type { WaitingList } from "../waiting-kind.ts";
import { snapshots } from "./calls.ts";
import { noteAnswer } from "./last-act.ts";

export type WaitingPermission = Extract<WaitingItem, { readonly kind: "permission" }>;
type Pending = WaitingList<WaitingPermission>;

const rememberedSettled = 50;

export const waitingPermission = (request: PermissionSummary): WaitingPermission => ({
  ...request,
  kind: "permission",
});

export function asked(state: Pending, request: PermissionSummary): Pending {
  if (state.waiting.some(({ id }) => id === request.id)) return state;
  return { ...state, waiting: [...state.waiting, waitingPermission(request)] };
}

/** The first word about the outcome counts: our own answer comes back once more as an event. */
export function settled(state: Pending, request: PermissionSummary): Pending {
  const isKnown = state.settled.some(({ id }) => id === request.id);
  const newest = [waitingPermission(request), ...state.settled].slice(0, rememberedSettled);
  return {
    waiting: state.waiting.filter(({ id }) => id !== request.id),
    settled: isKnown ? state.settled : newest,
  };
}

export const usePending = followedStore<typeof permissions, Pending>({
  area: "permissions",
  empty: { waiting: [], settled: [] },
  load: async ({ settled }) => {
    const { value, seq } = await snapshots.listPending();
    return { value: { settled, waiting: value.permissions.map(waitingPermission) }, seq };
  },
  reducers: {
    asked,
    settled(state, request) {
      noteAnswer(request.decidedBy);
      return settled(state, request);
    },
    granted: "ignore",
    revoked: "ignore",
    recorded: "ignore",
    loosened: "ignore",
  },
});
