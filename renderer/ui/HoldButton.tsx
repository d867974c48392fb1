import type { ComponentProps, KeyboardEvent } from "react";
import { Button } from "./Button.tsx";
import styles from "./HoldButton.module.css";
import type { Hold } from "./use-hold.ts";

interface Props extends Omit<ComponentProps<typeof Button>, "onClick"> {
  readonly hold: Hold;
  /** Whether a key that was pressed on it may begin; what holds the button judges pointers. */
  readonly mayBegin: () => boolean;
  /** Pressed by a program that reads the screen aloud and can't hold: the way there needs another act. */
  readonly onAssisted: () => void;
}

const isPress = ({ key }: KeyboardEvent) => key === "Enter" || key === " ";

/** For what must not happen by mistake: it fills while it is held, and counts when it is full. */
export function HoldButton({ hold, mayBegin, onAssisted, children, ...rest }: Props) {
  return (
    <Button
      {...rest}
      data-hold=""
      aria-description="Hold it down for a moment"
      onPointerDown={({ button }) => button === 0 && hold.start()}
      onPointerLeave={hold.stop}
      onContextMenu={hold.stop}
      onKeyDown={(event) => {
        if (!isPress(event)) return;
        event.preventDefault();
        event.stopPropagation();
        if (mayBegin()) hold.start();
      }}
      onKeyUp={(event) => {
        if (isPress(event)) event.preventDefault();
      }}
      onClick={({ detail }) => detail === 0 && onAssisted()}
    >
      <span
        className={styles.progress}
        style={{ transform: `scaleX(${(hold.progress ?? 0).toFixed(3)})` }}
        role="progressbar"
        aria-hidden={hold.progress === null}
        aria-label="Held"
        aria-valuenow={Math.round((hold.progress ?? 0) * 100)}
      />
      <span className={styles.words}>{children}</span>
    </Button>
  );
}
