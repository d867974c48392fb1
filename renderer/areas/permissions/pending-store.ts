import type { permissions, PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import type { WaitingItem } from "../../../main/areas/waiting/contract.ts";
import { followedStore } from "../../client/followed-store.ts";
import type { WaitingList } from "../waiting-kind.ts";
import { snapshots } from "./calls.ts";
import { noteAnswer } from "./last-act.ts";

export type WaitingPermission = Extract<WaitingItem, { readonly kind: "permission" }>;

/** A denial that nobody has heard of yet. */
export interface UndoableDenial {
  readonly request: PermissionSummary;
  readonly until: number;
}

interface Pending extends WaitingList<WaitingPermission> {
  /** The newest first. */
  readonly denials: readonly UndoableDenial[];
}

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
    denials: state.denials.filter((denial) => denial.request.id !== request.id),
  };
}

/** For whoever answers it is settled; for a few seconds it can be taken back. */
export function denying(state: Pending, denial: UndoableDenial): Pending {
  const now = settled(state, denial.request);
  return { ...now, denials: [denial, ...now.denials] };
}

export function undone(state: Pending, request: PermissionSummary): Pending {
  const without = {
    ...state,
    settled: state.settled.filter(({ id }) => id !== request.id),
    denials: state.denials.filter((denial) => denial.request.id !== request.id),
  };
  const { waiting } = asked(without, request);
  return { ...without, waiting: waiting.toSorted((a, b) => a.askedAt - b.askedAt) };
}

export const usePending = followedStore<typeof permissions, Pending>({
  area: "permissions",
  empty: { waiting: [], settled: [], denials: [] },
  load: async ({ settled, denials }) => {
    const { value, seq } = await snapshots.listPending();
    return { value: { settled, denials, waiting: value.permissions.map(waitingPermission) }, seq };
  },
  reducers: {
    asked,
    settled(state, request) {
      noteAnswer(request.decidedBy);
      return settled(state, request);
    },
    denying(state, denial) {
      noteAnswer(denial.request.decidedBy);
      return denying(state, denial);
    },
    undone,
    granted: "ignore",
    revoked: "ignore",
    recorded: "ignore",
    loosened: "ignore",
  },
});
