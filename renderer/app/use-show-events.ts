import { useEffect } from "react";
import type { EventOf } from "../../main/contract/define.ts";
import type { desktop } from "../../main/desktop/contract.ts";
import { pages } from "../areas/index.ts";
import { startNewRun } from "../areas/runs/new-run.ts";
import { useDesktop } from "../client/desktop.ts";
import { listen } from "../client/events.ts";
import { go } from "./navigation.ts";

type Show = EventOf<typeof desktop>["payload"];

/** Goes where a notification, the tray or the popup points; on the first run to the page that explains. */
export function useShowEvents(): void {
  useEffect(
    () =>
      listen((events) => {
        for (const { type, payload } of events) {
          if (type !== "desktop.show") continue;
          const { permissionId, runId, place } = payload as Show;
          if (permissionId !== null) go("inbox", permissionId);
          else if (runId !== null) go("runs", runId);
          else if (place === "new_run") startNewRun();
          else if (place !== null) go(place);
        }
      }),
    [],
  );
  const isFirstRun = useDesktop(({ facts }) => facts?.firstRun ?? false);
  useEffect(() => {
    if (isFirstRun && pages.some(({ id }) => id === "welcome")) go("welcome");
  }, [isFirstRun]);
}
