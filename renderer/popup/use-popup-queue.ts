import { useEffect, useMemo } from "react";
import type { WaitingItem } from "../../main/areas/waiting/contract.ts";
import type { desktop, PopupView } from "../../main/desktop/contract.ts";
import { kindOf, useWaiting } from "../areas/waiting.ts";
import type { CallError } from "../client/errors.ts";
import { followedStore } from "../client/followed-store.ts";
import { useFollowed } from "../client/use-followed.ts";
import { popupCalls, popupSnapshots } from "./calls.ts";
import { neighbour } from "./neighbour.ts";

/** Which card the main process wants in the popup: it alone decides, and this page draws. */
const usePopupView = followedStore<typeof desktop, PopupView>({
  area: "desktop",
  empty: { card: null, isLeaving: false, isShown: false, look: 0 },
  load: () => popupSnapshots.getPopup(),
  reducers: { card: (_, view) => view, show: "ignore" },
});

interface Queue {
  readonly current: WaitingItem | null;
  /** Whether the current card only says what became of it. */
  readonly isLeaving: boolean;
  /** The popup is on screen. */
  readonly isShown: boolean;
  readonly waiting: readonly WaitingItem[];
  readonly status: "loading" | "ready" | "failed";
  readonly error: CallError | null;
  readonly look: number;
  readonly show: (id: string) => void;
  readonly step: (step: 1 | -1) => void;
}

/** The card on screen, and what else waits. */
export function usePopupQueue(): Queue {
  const { data, status, error } = useWaiting();
  const { card, isLeaving, isShown, look } = useFollowed(usePopupView).data;
  const { waiting, settled } = data;
  const current = useMemo(
    () => [...waiting, ...settled].find(({ id }) => id === card) ?? null,
    [waiting, settled, card],
  );

  const next = neighbour(waiting, current, 1);
  useEffect(() => {
    if (next !== null) kindOf(next).readAhead(next);
  }, [next]);

  const show = (id: string) => void popupCalls.turnPopup({ id });
  return {
    current,
    isLeaving,
    isShown,
    waiting,
    status,
    error,
    look,
    show,
    step(by) {
      const wanted = neighbour(waiting, current, by);
      if (wanted !== null) show(wanted.id);
    },
  };
}
