import { useEffect } from "react";
import type { desktop } from "../../main/desktop/contract.ts";
import { pages } from "../areas/index.ts";
import { useDesktop } from "../client/desktop.ts";
import { subscribe } from "../client/subscribe.ts";
import { go } from "../page/navigation.ts";

function runCommand(id: string): void {
  pages
    .flatMap(({ commands = [] }) => commands)
    .find((command) => command.id === id)
    ?.run();
}

/** Goes where a notification, the tray or the popup points; on the first run to the page that explains. */
export function useShowEvents(): void {
  useEffect(
    () =>
      subscribe<typeof desktop, void>(
        "desktop",
        {
          card: "ignore",
          show: (_, { waitingId, runId, place }) => {
            if (waitingId !== null) go("inbox", waitingId);
            else if (runId !== null) go("runs", runId);
            else if (place === "new_run") runCommand("new_run");
            else if (place !== null) go(place);
          },
        },
        (step) => step(),
      ),
    [],
  );
  const isFirstRun = useDesktop(({ facts }) => facts?.firstRun ?? false);
  useEffect(() => {
    if (isFirstRun && pages.some(({ id }) => id === "welcome")) go("welcome");
  }, [isFirstRun]);
}
