import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { X } from "lucide-react";
import { classNames } from "./class-names.ts";
import styles from "./Dialog.module.css";
import { IconButton } from "./IconButton.tsx";
import { PortalContext } from "./portal.ts";

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the main one last. */
  readonly footer?: ReactNode;
  readonly size?: "small" | "medium" | "wide";
  /** The title is read aloud but not drawn. */
  readonly hasHiddenTitle?: boolean;
  /** What it shows is not to be had again: a click beside it does not put it away. */
  readonly isLastChance?: boolean;
}

/** The platform's own modal dialog: it keeps the focus inside, gives it back and closes on Esc. Render it to open it. */
export function Dialog(props: Props) {
  const { title, onClose, children, footer } = props;
  const { size = "medium", hasHiddenTitle = false, isLastChance = false } = props;
  const ref = useRef<HTMLDialogElement>(null);
  const [element, setElement] = useState<HTMLElement | null>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    setElement(dialog);
    if (!dialog.open) dialog.showModal();
    // Left alone, the focus goes to the close button and its tooltip opens.
    (dialog.querySelector<HTMLElement>("input, textarea, select") ?? dialog).focus({
      preventScroll: true,
    });
    return () => dialog.close();
  }, []);

  return (
    <dialog
      ref={ref}
      tabIndex={-1}
      className={classNames(styles.dialog, styles[size])}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget && !isLastChance) onClose();
      }}
    >
      <PortalContext.Provider value={element}>
        <div className={styles.inside}>
          <header className={hasHiddenTitle ? "visually-hidden" : styles.header}>
            <h2 id={titleId}>{title}</h2>
            {!hasHiddenTitle && <IconButton icon={X} label="Close" keys="escape" onClick={onClose} />}
          </header>
          <div className={classNames(styles.body, hasHiddenTitle && styles.bare)}>{children}</div>
          {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
        </div>
      </PortalContext.Provider>
    </dialog>
  );
}
