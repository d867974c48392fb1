import { useEffect, useMemo, useState } from "react";
import type { PermissionSummary } from "../../../../main/areas/permissions/contract.ts";
import { api } from "../../../client/api.ts";
import { listen } from "../../../client/events.ts";
import { useFollowed } from "../../../client/use-followed.ts";
import { usePending } from "../pending-store.ts";
import { loadRequest } from "../request-cache.ts";
import { currentCard, neighbour } from "./current-card.ts";

const farewellMs = 1200;

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
  const [wanted, setWanted] = useState<string | null>(null);
  const [showing, setShowing] = useState(0);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const current = useMemo(
    () => currentCard({ waiting, settled, wanted, gone }),
    [waiting, settled, wanted, gone],
  );

  useEffect(
    () =>
      listen((events) => {
        for (const { type, payload } of events) {
          if (type !== "desktop.show") continue;
          setShowing((before) => before + 1);
          const { permissionId } = payload as { permissionId: string | null };
          if (permissionId !== null) setWanted(permissionId);
        }
      }),
    [],
  );

  const currentId = current?.id ?? null;
  const isLeaving = current !== null && current.status !== "pending";
  // Whatever is on screen stays there when others arrive.
  useEffect(() => setWanted(currentId), [currentId]);

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
    if (isEmpty) void api.desktop.closePopup();
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
