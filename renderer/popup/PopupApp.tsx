import { useEffect, useState } from "react";
import { kindOf, reloadWaiting } from "../areas/waiting.ts";
import { KeyList } from "../page/KeyList.tsx";
import { useShortcuts } from "../page/shortcuts.ts";
import { ErrorNote } from "../ui/ErrorNote.tsx";
import { TimeBar } from "../ui/TimeBar.tsx";
import { Card } from "./Card.tsx";
import { More } from "./More.tsx";
import styles from "./Popup.module.css";
import { PopupMany } from "./PopupMany.tsx";
import { usePopupQueue } from "./use-popup-queue.ts";
import { usePointerInside } from "./window.ts";

/** The popup: one card, and what else waits. It fills its window, whose size does not follow what opens in it. */
export function PopupApp() {
  const { current, isLeaving, isShown, waiting, status, error, look, show, step } = usePopupQueue();
  const [view, setView] = useState<"card" | "many">("card");
  const [showsKeys, setShowsKeys] = useState(false);
  const isPointerInside = usePointerInside(isShown);

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
    <div className={styles.popup}>
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
              <Card item={current} isShown={isShown} look={look} isPointerInside={isPointerInside} />
            </main>
            {showsKeys && (
              <div className={styles.keys}>
                <KeyList />
              </div>
            )}
            <footer>
              <More currentId={current.id} others={others} onOpen={() => setView("many")} onUndone={show} />
            </footer>
          </>
        )
      )}
    </div>
  );
}
