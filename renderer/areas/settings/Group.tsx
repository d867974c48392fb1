import { Check, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./Group.module.css";
import type { SaveState } from "./saving.ts";

interface Props {
  readonly title?: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

/** Settings that belong together, one line between each. */
export function Group({ title, description, children }: Props) {
  return (
    <section className={styles.group}>
      {title !== undefined && <h2>{title}</h2>}
      {description !== undefined && <p className={styles.description}>{description}</p>}
      <div className={styles.fields}>{children}</div>
    </section>
  );
}

/** How the saving of one setting goes. Keeps its place, so that nothing moves. */
export function SaveNote({ state }: { readonly state: SaveState }) {
  return (
    <span className={styles.save} role="status">
      {state.kind === "saving" && "Saving…"}
      {state.kind === "saved" && (
        <span className={styles.saved}>
          <Check size={14} aria-hidden /> Saved
        </span>
      )}
      {state.kind === "failed" && (
        <span className={styles.failed} title={state.error.message}>
          <TriangleAlert size={14} aria-hidden /> Not saved
        </span>
      )}
    </span>
  );
}

/** For `Field`: why a choice was not kept. */
export const saveError = (state: SaveState): string | null =>
  state.kind === "failed" ? `Not saved, so it is as before. ${state.error.message}` : null;
