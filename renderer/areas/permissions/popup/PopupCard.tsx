import { SquareArrowOutUpRight } from "lucide-react";
import { useEffect } from "react";
import type { PermissionSummary } from "../../../../main/areas/permissions/contract.ts";
import { IconButton } from "../../../ui/IconButton.tsx";
import { AnswerCard } from "../AnswerCard.tsx";
import { useRequest } from "../request-cache.ts";
import { popupCalls } from "./popup-calls.ts";
import { usePainted } from "./popup-window.ts";
import styles from "./Popup.module.css";

interface Props {
  readonly summary: PermissionSummary;
  /** Counts how often the window was brought up: each time a person looks anew. */
  readonly showing: number;
  readonly onClose: () => void;
}

/** One request in the popup. Mount it anew for each request. */
export function PopupCard({ summary, showing, onClose }: Props) {
  const { request } = useRequest(summary.id);
  const isShown = usePainted(request === null ? null : summary.id);

  // Choosing a note or a scope must not leave the focus on a button that a stray Enter would press.
  useEffect(() => {
    if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur();
  }, []);

  return (
    <AnswerCard
      id={summary.id}
      place="popup"
      summary={summary}
      isShown={isShown}
      look={showing}
      onEscape={onClose}
      aside={
        <IconButton
          icon={SquareArrowOutUpRight}
          label="Open in the window"
          className={styles.open}
          onClick={() => void popupCalls.showWindow({ permissionId: summary.id })}
        />
      }
    />
  );
}
