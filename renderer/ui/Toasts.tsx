import { CircleCheck, CircleX, X } from "lucide-react";
import { Button } from "./Button.tsx";
import { classNames } from "./class-names.ts";
import { IconButton } from "./IconButton.tsx";
import { dismissToast, useToasts, type Toast } from "./toasts.ts";
import styles from "./Toasts.module.css";

const icons = { neutral: null, allow: <CircleCheck size={16} />, deny: <CircleX size={16} /> };

function Row({ toast }: { readonly toast: Toast }) {
  const undo = () => {
    dismissToast(toast.id);
    toast.undo?.();
  };
  return (
    <div className={classNames(styles.toast, styles[toast.tone])}>
      {icons[toast.tone]}
      <bdi className={styles.text}>{toast.text}</bdi>
      {toast.undo !== null && (
        <Button size="small" onClick={undo}>
          Undo
        </Button>
      )}
      <IconButton icon={X} label="Dismiss" onClick={() => dismissToast(toast.id)} />
    </div>
  );
}

/** Mounted once per page, at its end. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div className={styles.toasts} role="status" aria-label="Messages">
      {toasts.map((toast) => (
        <Row key={toast.id} toast={toast} />
      ))}
    </div>
  );
}
