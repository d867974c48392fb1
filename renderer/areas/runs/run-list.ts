import type { Run, runs } from "../../../main/areas/runs/contract.ts";
import { asCallError } from "../../client/errors.ts";
import { followedStore, type FollowedStore } from "../../client/followed-store.ts";
import { toast } from "../../ui/toasts.ts";
import { calls, snapshots } from "./calls.ts";

export type RunFilter = "active" | "done" | "failed" | "canceled";

export interface RunQuery {
  readonly search: string;
  readonly filter: RunFilter | null;
  readonly sessionId: Run["sessionId"] | null;
}

export interface RunList {
  /** Newest first. */
  readonly runs: readonly Run[];
  readonly next: string | null;
}

export const everyRun: RunQuery = { search: "", filter: null, sessionId: null };

const emptyList: RunList = { runs: [], next: null };
const pageSize = 100;

export const isActive = (run: Run) => run.endedAt === null;

export function runMatches(query: RunQuery, run: Run): boolean {
  if (query.sessionId !== null && run.sessionId !== query.sessionId) return false;
  if (query.filter === "active" && !isActive(run)) return false;
  if (query.filter !== null && query.filter !== "active" && run.status !== query.filter) return false;
  const text = `${run.title}\n${run.sessionId}\n${run.clientId}\n${run.id}`.toLowerCase();
  return query.search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The list after a run began or changed. A run beyond the pages read so far stays out. */
export function withRun(query: RunQuery, list: RunList, run: Run): RunList {
  const place = list.runs.findIndex((each) => each.id === run.id);
  if (!runMatches(query, run)) {
    return place === -1 ? list : { ...list, runs: list.runs.toSpliced(place, 1) };
  }
  if (place !== -1) return { ...list, runs: list.runs.with(place, run) };
  const older = list.runs.findIndex((each) => each.startedAt <= run.startedAt);
  if (older !== -1) return { ...list, runs: list.runs.toSpliced(older, 0, run) };
  return list.next === null ? { ...list, runs: [...list.runs, run] } : list;
}

export function withPage(list: RunList, page: RunList): RunList {
  const known = new Set(list.runs.map((run) => run.id));
  return { runs: [...list.runs, ...page.runs.filter((run) => !known.has(run.id))], next: page.next };
}

function asInput({ search, filter, sessionId }: RunQuery) {
  return {
    limit: pageSize,
    ...(search === "" ? {} : { search }),
    ...(filter === null ? {} : { status: filter }),
    ...(sessionId === null ? {} : { sessionId }),
  };
}

export interface RunListStore extends FollowedStore<RunList> {
  /** Reads the next page, once at a time. */
  readonly loadMore: () => void;
}

export function runListStore(query: RunQuery): RunListStore {
  const place = (list: RunList, run: Run) => withRun(query, list, run);
  const store = followedStore<typeof runs, RunList>({
    area: "runs",
    empty: emptyList,
    load: () => snapshots.listRuns(asInput(query)),
    reducers: { started: place, changed: place, progressed: "ignore" },
  });
  let isLoading = false;
  const readNext = async () => {
    const after = store.getState().data.next;
    if (after === null || isLoading) return;
    isLoading = true;
    try {
      const page = await calls.listRuns({ ...asInput(query), after });
      store.update((list) => (list.next === after ? withPage(list, page) : list));
    } catch (caught) {
      toast(`More runs could not be loaded. ${asCallError(caught).message}`, { tone: "deny" });
    } finally {
      isLoading = false;
    }
  };
  return Object.assign(store, { loadMore: () => void readNext() });
}
