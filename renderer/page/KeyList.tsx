import { Keys } from "../ui/Kbd.tsx";
import styles from "./KeyList.module.css";
import { useShortcutGroups } from "./shortcuts.ts";

/** Every key that works on what is on screen now. */
export function KeyList() {
  const groups = useShortcutGroups((state) => state.groups);
  const shown = groups
    .map(({ title, shortcuts }) => ({ title, shortcuts: shortcuts.filter(({ does }) => does !== undefined) }))
    .filter(({ shortcuts }) => shortcuts.length > 0);
  return (
    <div className={styles.groups}>
      {shown.map(({ title, shortcuts }) => (
        <section key={title}>
          <h3>{title}</h3>
          <dl>
            {shortcuts.map(({ keys, does }) => (
              <div key={keys} className={styles.row}>
                <dt>{does}</dt>
                <dd>
                  <Keys keys={keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
