import { useCallback, useEffect, useMemo, useState } from "react";
import type { desktop } from "../../../../main/desktop/contract.ts";
import type { PermissionSummary } from "../../../../main/areas/permissions/contract.ts";
import { subscribe } from "../../../client/subscribe.ts";
import { useFollowed } from "../../../client/use-followed.ts";
import { usePending } from "../pending-store.ts";
import { loadRequest } from "../request-cache.ts";
import { currentCard, neighbour } from "./current-card.ts";
import { popupCalls } from "./popup-calls.ts";

const farewellMs = 1200;

/** What the main process, or the person, wants on screen. */
interface Shown {
  readonly wanted: string | null;
  /** Counts how often the window was brought up. */
  readonly showing: number;
}

interface Queue {
  readonly current: PermissionSummary | null;
  readonly waiting: readonly PermissionSummary[];
  readonly status: "loading" | "ready" | "failed";
  /** Counts how often the main process brought the window up. */
  readonly showing: number;
  readonly show: (id: string) => void;
  readonly step: (step: 1 | -1) => void;
}

/** Which card is on screen. Puts the popup away when nothing is left to show. */
export function usePopupQueue(): Queue {
  const { data, status } = useFollowed(usePending);
  const { waiting, settled } = data;
  const [{ wanted, showing }, setShown] = useState<Shown>({ wanted: null, showing: 0 });
  const setWanted = useCallback((id: string | null) => setShown((now) => ({ ...now, wanted: id })), []);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const current = useMemo(
    () => currentCard({ waiting, settled, wanted, gone }),
    [waiting, settled, wanted, gone],
  );

  useEffect(
    () =>
      subscribe<typeof desktop, Shown>(
        "desktop",
        {
          show: ({ wanted, showing }, { permissionId }) => ({
            wanted: permissionId ?? wanted,
            showing: showing + 1,
          }),
        },
        setShown,
      ),
    [],
  );

  const currentId = current?.id ?? null;
  const isLeaving = current !== null && current.status !== "pending";
  // Whatever is on screen stays there when others arrive.
  useEffect(() => setWanted(currentId), [currentId, setWanted]);

  useEffect(() => {
    if (!isLeaving || currentId === null) return;
    const timer = setTimeout(() => setGone((before) => new Set([...before, currentId])), farewellMs);
    return () => clearTimeout(timer);
  }, [isLeaving, currentId]);

  const next = neighbour(waiting, current, 1);
  useEffect(() => {
    if (next !== null) void loadRequest(next.id);
  }, [next]);

  const isEmpty = status === "ready" && current === null;
  useEffect(() => {
    if (isEmpty) void popupCalls.closePopup();
  }, [isEmpty]);

  return {
    current,
    waiting,
    status,
    showing,
    show: setWanted,
    step: (step) => setWanted(neighbour(waiting, current, step)?.id ?? null),
  };
}
