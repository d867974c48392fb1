import type { DecisionRecord, LedgerOutcome, permissions } from "../../../main/areas/permissions/contract.ts";
import { pagedList, type PagedList } from "../../client/paged-list.ts";
import type { Span } from "../../ui/time.ts";
import { toast } from "../../ui/toasts.ts";
import { windowSnapshots } from "./window-calls.ts";

export interface LedgerFilter {
  readonly search: string;
  readonly outcome: LedgerOutcome | null;
  /** From its first moment up to that of the next; null: every day. */
  readonly day: Span | null;
}

/** The rows of the ledger that match, newest first, growing at its top as decisions are made. */
export const ledger = ({ search, outcome, day }: LedgerFilter): PagedList<DecisionRecord> =>
  pagedList<typeof permissions, DecisionRecord>({
    area: "permissions",
    keyOf: ({ id }) => id,
    rankOf: ({ at }) => at,
    isSearch: search !== "" || outcome !== null || day !== null,
    read: async (page) => {
      const { value, seq } = await windowSnapshots.listDecided({
        ...page,
        ...(search === "" ? {} : { search }),
        ...(outcome === null ? {} : { outcome }),
        ...(day === null ? {} : { since: day.from, until: day.to }),
      });
      return { value: { items: value.decisions, next: value.next }, seq };
    },
    reducers: (recorded) => ({
      asked: "ignore",
      settled: "ignore",
      granted: "ignore",
      revoked: "ignore",
      recorded,
      loosened: "ignore",
      denying: "ignore",
      undone: "ignore",
    }),
    onMoreFailed: ({ message }) => toast(`Older decisions could not be loaded. ${message}`, { tone: "deny" }),
  });
