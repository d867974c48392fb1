import { useEffect, useRef } from "react";
import type { Followed, FollowedStore } from "./followed-store.ts";

/**
 * The state of a store that was made for one query and is followed while it is shown. While the answer to another
 * query is on its way, the last one stays on screen.
 */
export function useQueried<Data>(store: FollowedStore<Data>): Followed<Data> & { readonly isStale: boolean } {
  useEffect(() => {
    store.follow();
    return store.stop;
  }, [store]);
  const current = store();
  const lastReady = useRef(current);
  useEffect(() => {
    if (current.status === "ready") lastReady.current = current;
  }, [current]);
  const isStale = current.status === "loading" && lastReady.current.status === "ready";
  return { ...(isStale ? lastReady.current : current), isStale };
}
