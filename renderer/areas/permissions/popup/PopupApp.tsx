import { ChevronRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { KeyList } from "../../../app/KeyList.tsx";
import { useShortcuts } from "../../../app/shortcuts.ts";
import { ErrorNote } from "../../../ui/ErrorNote.tsx";
import { counted } from "../../../ui/text-rows.ts";
import { clientName } from "../outcome-words.ts";
import { usePending } from "../pending-store.ts";
import { TimeBar } from "../TimeLeft.tsx";
import { useRequest } from "../request-cache.ts";
import { narrowest, popupWidth } from "./popup-width.ts";
import { PopupCard } from "./PopupCard.tsx";
import { PopupMany } from "./PopupMany.tsx";
import { useWindowSize } from "./popup-window.ts";
import styles from "./Popup.module.css";
import { usePopupQueue } from "./use-popup-queue.ts";
import { popupCalls } from "./popup-calls.ts";

const close = () => void popupCalls.closePopup();
const mostNamed = 3;
const edge = 16;
/** A screen too low for the popup makes the command scroll, never the buttons leave. */
const tallest = () => Math.min(640, screen.availHeight - edge);

/** The popup: one card, and what else waits. */
export function PopupApp() {
  const { current, waiting, status, showing, show, step } = usePopupQueue();
  const error = usePending((state) => state.error);
  const [view, setView] = useState<"card" | "many">("card");
  const [showsKeys, setShowsKeys] = useState(false);
  const content = useRef<HTMLDivElement>(null);
  useWindowSize(content);

  const { request } = useRequest(current?.id ?? null);
  const width = request === null || view === "many" ? narrowest : popupWidth(request.presentation.body);

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
        {current?.status === "pending" && `${clientName(current.clientId)} ${current.wants}: ${current.act}`}
      </div>
      {status === "failed" && (
        <div className={styles.main}>
          <ErrorNote
            title="The requests could not be loaded."
            error={error}
            onRetry={() => void usePending.reload()}
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
            {current.status === "pending" && (
              <TimeBar askedAt={current.askedAt} expiresAt={current.expiresAt} />
            )}
            <main className={styles.main} key={current.id}>
              <PopupCard summary={current} showing={showing} onClose={close} />
            </main>
            {showsKeys && <KeyList />}
            {hasOthers && (
              <button type="button" className={styles.more} onClick={() => setView("many")}>
                <strong>{counted(others.length, "more", "more")}</strong>
                <bdi className={styles.names}>
                  {others
                    .slice(0, mostNamed)
                    .map(({ act }) => act.replaceAll("`", ""))
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
