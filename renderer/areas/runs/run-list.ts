import type { Run, runs } from "../../../main/areas/runs/contract.ts";
import { pagedList, withoutItems, type PagedList } from "../../client/paged-list.ts";
import { toast } from "../../ui/toasts.ts";
import { snapshots } from "./calls.ts";

export type RunFilter = "active" | "done" | "failed" | "canceled";

export interface RunQuery {
  readonly search: string;
  readonly filter: RunFilter | null;
  readonly sessionId: Run["sessionId"] | null;
}

export const everyRun: RunQuery = { search: "", filter: null, sessionId: null };

export const isActive = (run: Run) => run.endedAt === null;

function asInput({ search, filter, sessionId }: RunQuery) {
  return {
    ...(search === "" ? {} : { search }),
    ...(filter === null ? {} : { status: filter }),
    ...(sessionId === null ? {} : { sessionId }),
  };
}

/** The runs of a query, newest first, kept up to date. */
export const runList = (query: RunQuery): PagedList<Run> =>
  pagedList<typeof runs, Run>({
    area: "runs",
    keyOf: ({ id }) => id,
    rankOf: ({ startedAt }) => startedAt,
    isSearch: query.search !== "" || query.filter !== null,
    read: async (page) => {
      const { value, seq } = await snapshots.listRuns({ ...asInput(query), ...page });
      return { value: { items: value.runs, next: value.next }, seq };
    },
    reducers: (changed) => {
      const ofSession: typeof changed = (list, run) =>
        query.sessionId === null || run.sessionId === query.sessionId ? changed(list, run) : list;
      return {
        started: ofSession,
        changed: ofSession,
        removed: (list, { sessionId, before }) =>
          withoutItems(list, (run) => run.sessionId === sessionId && run.startedAt <= before),
      };
    },
    onMoreFailed: ({ message }) => toast(`More runs could not be loaded. ${message}`, { tone: "deny" }),
  });
