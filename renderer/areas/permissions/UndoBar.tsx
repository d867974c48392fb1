import { Prose } from "../../ui/Prose.tsx";
import { UndoDenial, useUndoable } from "./UndoDenial.tsx";
import styles from "./UndoBar.module.css";

/** What was denied a moment ago, with the way back; nothing once that is over. */
export function UndoBar({ onUndone }: { readonly onUndone: (id: string) => void }) {
  const denial = useUndoable();
  if (denial === null) return null;
  const { id, act } = denial.request;
  return (
    <div className={styles.bar} role="status">
      <bdi className={styles.words}>
        Denied: <Prose text={act} />
      </bdi>
      <UndoDenial key={id} denial={denial} onUndone={() => onUndone(id)} />
    </div>
  );
}
