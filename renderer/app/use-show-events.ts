import { useEffect } from "react";
import { pages } from "../areas/index.ts";
import { useDesktop } from "../client/desktop.ts";
import { listen } from "../client/events.ts";
import { go } from "./navigation.ts";

interface Show {
  readonly permissionId: string | null;
  readonly runId: string | null;
}

/** Goes where a notification, the tray or the popup points; on the first run to the page that explains. */
export function useShowEvents(): void {
  useEffect(
    () =>
      listen((events) => {
        for (const { type, payload } of events) {
          if (type !== "desktop.show") continue;
          const { permissionId, runId } = payload as Show;
          if (permissionId !== null) go("inbox", permissionId);
          else if (runId !== null) go("runs", runId);
        }
      }),
    [],
  );
  const isFirstRun = useDesktop(({ facts }) => facts?.firstRun ?? false);
  useEffect(() => {
    if (isFirstRun && pages.some(({ id }) => id === "welcome")) go("welcome");
  }, [isFirstRun]);
}
