import { useEffect } from "react";
import type { Followed, FollowedStore } from "./followed-store.ts";

/** The store's state; following starts with the first component that asks. */
export function useFollowed<Data>(store: FollowedStore<Data>): Followed<Data> {
  useEffect(() => store.follow(), [store]);
  return store();
}
