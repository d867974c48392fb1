import { useState } from "react";
import { pages, StorageBanner } from "../areas/index.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Toasts } from "../ui/Toasts.tsx";
import { Announcer } from "./Announcer.tsx";
import { KeyList } from "../page/KeyList.tsx";
import { back, forward, go, useNavigation } from "../page/navigation.ts";
import { PageBoundary } from "./PageBoundary.tsx";
import { Palette } from "./Palette.tsx";
import styles from "./Shell.module.css";
import { useShortcuts, type Shortcut } from "../page/shortcuts.ts";
import { Sidebar } from "./Sidebar.tsx";
import { TroubleBanner } from "./TroubleBanner.tsx";
import { useShowEvents } from "./use-show-events.ts";

type Overlay = "palette" | "keys" | null;

const focusSearch = () => document.querySelector<HTMLInputElement>("main input[data-search]")?.focus();

const pageShortcuts: readonly Shortcut[] = pages
  .filter(({ group }) => group !== "hidden")
  .slice(0, 9)
  .map(({ id, title }, index) => ({
    keys: `mod+${index + 1}`,
    does: title,
    isGlobal: true,
    run: () => go(id),
  }));

/** The window around the pages. */
export function Shell() {
  const pageId = useNavigation(({ place }) => place.page);
  const [overlay, setOverlay] = useState<Overlay>(null);
  const page = pages.find(({ id }) => id === pageId) ?? pages[0];
  useShowEvents();

  useShortcuts("Window", [
    {
      keys: "mod+k",
      does: "Go anywhere, do anything",
      isGlobal: true,
      run: () => setOverlay(overlay === "palette" ? null : "palette"),
    },
    { keys: "/", does: "Search in the list", run: focusSearch },
    { keys: "?", does: "Show keyboard shortcuts", run: () => setOverlay("keys") },
    { keys: "alt+arrowleft", does: "Back", run: back },
    { keys: "alt+arrowright", does: "Forward", run: forward },
    ...pageShortcuts,
  ]);

  const Current = page?.component;
  return (
    <div className={styles.shell}>
      <Sidebar
        current={page?.id ?? null}
        onPalette={() => setOverlay("palette")}
        onKeys={() => setOverlay("keys")}
      />
      <div className={styles.content}>
        <TroubleBanner />
        <StorageBanner />
        <main className={styles.main} aria-label={page?.title}>
          <PageBoundary key={page?.id}>{Current !== undefined && <Current />}</PageBoundary>
        </main>
      </div>
      <Announcer />
      <Toasts />
      {overlay === "palette" && (
        <Palette onClose={() => setOverlay(null)} onKeys={() => setOverlay("keys")} />
      )}
      {overlay === "keys" && (
        <Dialog title="Keyboard" size="wide" onClose={() => setOverlay(null)}>
          <KeyList />
        </Dialog>
      )}
    </div>
  );
}
