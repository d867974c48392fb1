import { ChevronRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { kindOf, reloadWaiting } from "../areas/waiting.ts";
import { KeyList } from "../page/KeyList.tsx";
import { useShortcuts } from "../page/shortcuts.ts";
import { ErrorNote } from "../ui/ErrorNote.tsx";
import { counted } from "../ui/text-rows.ts";
import { TimeBar } from "../ui/TimeBar.tsx";
import { Card } from "./Card.tsx";
import styles from "./Popup.module.css";
import { PopupMany } from "./PopupMany.tsx";
import { usePopupQueue } from "./use-popup-queue.ts";
import { useWindowSize } from "./window.ts";

const mostNamed = 3;
const edge = 16;
const narrowest = 420;
/** A screen too low for the popup makes the card's content scroll, never the buttons leave. */
const tallest = () => Math.min(640, screen.availHeight - edge);

/** The popup: one card, and what else waits. */
export function PopupApp() {
  const { current, isLeaving, isShown, waiting, status, error, look, show, step } = usePopupQueue();
  const [view, setView] = useState<"card" | "many">("card");
  const [showsKeys, setShowsKeys] = useState(false);
  const [wanted, setWanted] = useState({ id: "", width: narrowest });
  const content = useRef<HTMLDivElement>(null);
  useWindowSize(content);

  const width = view === "card" && wanted.id === current?.id ? wanted.width : narrowest;
  const others = waiting.filter(({ id }) => id !== current?.id);
  const hasOthers = others.length > 0;
  useEffect(() => {
    if (!hasOthers) setView("card");
  }, [hasOthers]);

  useShortcuts("Popup", [
    { keys: "arrowright", does: "Next request", run: () => step(1) },
    { keys: "arrowleft", does: "Previous request", run: () => step(-1) },
    { keys: "arrowdown", run: () => step(1) },
    { keys: "arrowup", run: () => step(-1) },
    { keys: "?", does: "Show or hide keys", run: () => setShowsKeys(!showsKeys) },
  ]);

  return (
    <div ref={content} className={styles.popup} style={{ width, maxHeight: tallest() }}>
      <div className="visually-hidden" role="status">
        {current !== null && !isLeaving && kindOf(current).announcement(current)}
      </div>
      {status === "failed" && (
        <div className={styles.main}>
          <ErrorNote
            title="The requests could not be loaded."
            error={error}
            onRetry={() => void reloadWaiting()}
          />
        </div>
      )}
      {view === "many" && hasOthers ? (
        <PopupMany
          waiting={waiting}
          onBack={() => setView("card")}
          onOpen={(id) => {
            show(id);
            setView("card");
          }}
        />
      ) : (
        current !== null && (
          <>
            {!isLeaving && <TimeBar askedAt={current.askedAt} expiresAt={current.expiresAt} />}
            <main className={styles.main} key={current.id}>
              <h1 className="visually-hidden">Gatehouse</h1>
              <Card item={current} isShown={isShown} look={look} onWidth={setWanted} />
            </main>
            {showsKeys && <KeyList />}
            {hasOthers && (
              <button type="button" className={styles.more} onClick={() => setView("many")}>
                <strong>{counted(others.length, "more", "more")}</strong>
                <bdi className={styles.names}>
                  {others
                    .slice(0, mostNamed)
                    .map((item) => kindOf(item).title(item).replaceAll("`", ""))
                    .join(" · ")}
                </bdi>
                <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
              </button>
            )}
          </>
        )
      )}
    </div>
  );
}
