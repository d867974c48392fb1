import { SquareArrowOutUpRight } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import type { WaitingItem } from "../../main/areas/waiting/contract.ts";
import { kindOf } from "../areas/waiting.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { popupCalls } from "./calls.ts";
import styles from "./Popup.module.css";
import { usePainted } from "./window.ts";

interface Props {
  readonly item: WaitingItem;
  /** The popup is on screen. */
  readonly isShown: boolean;
  readonly look: number;
  readonly onWidth: (wanted: { readonly id: string; readonly width: number }) => void;
}

const close = () => void popupCalls.closePopup();

/** The card of what waits, whatever its kind. Mount it anew for each. */
export function Card({ item, isShown, look, onWidth }: Props) {
  const { id } = item;
  const { PopupCard } = kindOf(item);
  const [isLoaded, setLoaded] = useState(false);
  const isPainted = usePainted(isLoaded ? id : null);
  const loaded = useCallback(
    (width: number) => {
      setLoaded(true);
      onWidth({ id, width });
    },
    [id, onWidth],
  );

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
        <IconButton
          icon={SquareArrowOutUpRight}
          label="Open in the window"
          className={styles.open}
          onClick={() => void popupCalls.showWindow({ permissionId: id })}
        />
      }
    />
  );
}
