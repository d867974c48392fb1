import { useCallback, useEffect, useMemo, useState } from "react";
import type { WaitingItem } from "../../main/areas/waiting/contract.ts";
import type { desktop } from "../../main/desktop/contract.ts";
import { kindOf, useWaiting } from "../areas/waiting.ts";
import type { CallError } from "../client/errors.ts";
import { subscribe } from "../client/subscribe.ts";
import { popupCalls } from "./calls.ts";
import { currentCard, neighbour } from "./current-card.ts";

/** As long as a card says that it was settled elsewhere before it leaves. */
const leavingMs = 1200;

/** What the main process, or the person, wants on screen. */
interface Shown {
  readonly wanted: string | null;
  /** Counts how often the window was brought up. */
  readonly look: number;
}

interface Queue {
  readonly current: WaitingItem | null;
  /** Whether the current card only says what became of it. */
  readonly isLeaving: boolean;
  readonly waiting: readonly WaitingItem[];
  readonly status: "loading" | "ready" | "failed";
  readonly error: CallError | null;
  readonly look: number;
  readonly show: (id: string) => void;
  readonly step: (step: 1 | -1) => void;
}

const isAnsweredHere = (item: WaitingItem) => kindOf(item).isAnsweredIn(item, "popup");

/** Which card is on screen. Puts the popup away when nothing is left to show. */
export function usePopupQueue(): Queue {
  const { data, status, error } = useWaiting();
  const { waiting, settled } = data;
  const [{ wanted, look }, setShown] = useState<Shown>({ wanted: null, look: 0 });
  const setWanted = useCallback((id: string | null) => setShown((now) => ({ ...now, wanted: id })), []);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const current = useMemo(
    () => currentCard({ waiting, settled, wanted, gone }, isAnsweredHere),
    [waiting, settled, wanted, gone],
  );

  useEffect(
    () =>
      subscribe<typeof desktop, Shown>(
        "desktop",
        { show: (now, { permissionId }) => ({ wanted: permissionId ?? now.wanted, look: now.look + 1 }) },
        setShown,
      ),
    [],
  );

  const currentId = current?.id ?? null;
  const isLeaving = current !== null && !waiting.includes(current);
  // Whatever is on screen stays there when others arrive.
  useEffect(() => setWanted(currentId), [currentId, setWanted]);

  useEffect(() => {
    if (!isLeaving || currentId === null) return;
    const timer = setTimeout(() => setGone((before) => new Set([...before, currentId])), leavingMs);
    return () => clearTimeout(timer);
  }, [isLeaving, currentId]);

  const next = neighbour(waiting, current, 1);
  useEffect(() => {
    if (next !== null) kindOf(next).readAhead(next);
  }, [next]);

  const isEmpty = status === "ready" && current === null;
  useEffect(() => {
    if (isEmpty) void popupCalls.closePopup();
  }, [isEmpty]);

  return {
    current,
    isLeaving,
    waiting,
    status,
    error,
    look,
    show: setWanted,
    step: (step) => setWanted(neighbour(waiting, current, step)?.id ?? null),
  };
}
