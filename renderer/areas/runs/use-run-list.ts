import { useMemo } from "react";
import { useQueried } from "../../client/use-queried.ts";
import { runListStore, type RunQuery } from "./run-list.ts";

/** The runs of a query, kept up to date. */
export function useRunList(query: RunQuery) {
  const store = useMemo(() => runListStore(query), [query]);
  return { store, ...useQueried(store) };
}
