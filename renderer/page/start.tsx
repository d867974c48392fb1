import { useMemo, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { desktopCalls, loadDesktop, useDesktop } from "../client/desktop.ts";
import { SurroundingsContext } from "../ui/surroundings.ts";
import { refuseRepeats } from "./key-repeat.ts";
import { noteKeys } from "./press-time.ts";
import { TooltipProvider } from "../ui/Tooltip.tsx";

function Around({ children }: { readonly children: ReactNode }) {
  const homePath = useDesktop(({ facts }) => facts?.homePath ?? "");
  const surroundings = useMemo(
    () => ({
      homePath,
      copyText: async (text: string) => void (await desktopCalls.copyText({ text })),
      showPath: async (path: string) => void (await desktopCalls.openPath({ path })),
      // Presses come to this page through the same process, in its order.
      hearPresses: async () => void (await desktopCalls.getDesktop()),
    }),
    [homePath],
  );
  return (
    <SurroundingsContext value={surroundings}>
      <TooltipProvider>{children}</TooltipProvider>
    </SurroundingsContext>
  );
}

/** Draws a page into its document. */
export function startPage(page: ReactNode): void {
  void loadDesktop();
  noteKeys();
  refuseRepeats();
  const root = document.getElementById("root");
  if (root !== null) createRoot(root).render(<Around>{page}</Around>);
}
