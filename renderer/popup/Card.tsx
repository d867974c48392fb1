import { SquareArrowOutUpRight, X } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import type { WaitingItem } from "../../main/areas/waiting/contract.ts";
import type { PopupSize } from "../../main/desktop/contract.ts";
import { kindOf } from "../areas/waiting.ts";
import { useShortcuts } from "../page/shortcuts.ts";
import { Button } from "../ui/Button.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Kbd } from "../ui/Kbd.tsx";
import { popupCalls } from "./calls.ts";
import styles from "./Popup.module.css";
import { usePainted, usePopupSize } from "./window.ts";

interface Props {
  readonly item: WaitingItem;
  /** The popup is on screen. */
  readonly isShown: boolean;
  readonly look: number;
  readonly isPointerInside: boolean;
}

const close = () => void popupCalls.closePopup();

/** The card of what waits, whatever its kind. Mount it anew for each. */
export function Card({ item, isShown, look, isPointerInside }: Props) {
  const { id } = item;
  const { PopupCard } = kindOf(item);
  const [size, setSize] = useState<PopupSize | null>(null);
  const isPainted = usePainted(size === null ? null : id);
  usePopupSize(size, isPointerInside);
  const loaded = useCallback((wanted: PopupSize) => setSize(wanted), []);
  const later = () => void popupCalls.laterPopup({ id });
  useShortcuts("Popup", [{ keys: "l", does: "Later: decides nothing", run: later }]);

  // Choosing a note or a scope must not leave the focus on a button that a stray Enter would press.
  useEffect(() => {
    if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur();
  }, []);

  return (
    <PopupCard
      item={item}
      isShown={isPainted && isShown}
      look={look}
      onLoaded={loaded}
      onEscape={close}
      aside={
        <span className={styles.window}>
          <IconButton
            icon={SquareArrowOutUpRight}
            label="Open in the window"
            className={styles.icon}
            onClick={() => void popupCalls.showWindow({ waitingId: id })}
          />
          <IconButton
            icon={X}
            label="Close: decides nothing"
            keys="escape"
            className={styles.icon}
            onClick={close}
          />
        </span>
      }
      later={
        <Button size="small" look="quiet" className={styles.later} onClick={later}>
          Later <Kbd>L</Kbd>
        </Button>
      }
    />
  );
}
