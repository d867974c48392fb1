import { useCallback, useEffect, useState } from "react";
import { asCallError, type CallError } from "../../client/errors.ts";

interface Read<Item> {
  readonly items: readonly Item[];
  readonly next: number | null;
}

/** A short list that is read page by page on demand; read anew when `read` is another function. */
export function usePages<Item>(read: (after: number | null) => Promise<Read<Item>>) {
  const [{ items, next }, setRead] = useState<Read<Item>>({ items: [], next: null });
  const [error, setError] = useState<CallError | null>(null);
  const load = useCallback(
    async (after: number | null, isWanted: () => boolean = () => true) => {
      try {
        const page = await read(after);
        if (!isWanted()) return;
        setRead((before) => ({
          ...page,
          items: after === null ? page.items : [...before.items, ...page.items],
        }));
        setError(null);
      } catch (caught) {
        if (isWanted()) setError(asCallError(caught));
      }
    },
    [read],
  );
  useEffect(() => {
    let isWanted = true;
    void load(null, () => isWanted);
    return () => {
      isWanted = false;
    };
  }, [load]);
  return { items, error, more: next === null ? null : () => void load(next), again: () => void load(null) };
}
