import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./Button.tsx";
import styles from "./ErrorNote.module.css";

interface Props {
  /** What did not work, in our words: "The runs could not be loaded." */
  readonly title: string;
  readonly error?: { readonly message: string } | null;
  readonly onRetry?: () => void;
  readonly children?: ReactNode;
}

export function ErrorNote({ title, error, onRetry, children }: Props) {
  return (
    <div className={styles.note} role="alert">
      <TriangleAlert size={16} aria-hidden className={styles.icon} />
      <div className={styles.words}>
        <strong>{title}</strong>
        {error && <bdi className="selectable">{error.message}</bdi>}
        {children}
      </div>
      {onRetry !== undefined && (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
