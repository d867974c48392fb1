import { useEffect, useMemo, useRef } from "react";
import { runListStore, type RunQuery } from "./run-list.ts";

/** The list for a query. While another query is on its way the last answer stays on screen. */
export function useRunList(query: RunQuery) {
  const store = useMemo(() => runListStore(query), [query]);
  useEffect(() => {
    store.follow();
    return store.stop;
  }, [store]);
  const current = store();
  const lastReady = useRef(current);
  const isStale = current.status === "loading" && lastReady.current.status === "ready";
  useEffect(() => {
    if (current.status === "ready") lastReady.current = current;
  }, [current]);
  return { store, isStale, ...(isStale ? lastReady.current : current) };
}
