import { CircleHelp, Search } from "lucide-react";
import { pages } from "../areas/index.ts";
import { Count } from "../ui/Badge.tsx";
import { classNames } from "../ui/class-names.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { Mark } from "../ui/Mark.tsx";
import { go } from "../page/navigation.ts";
import type { PageDefinition } from "../page/page.ts";
import styles from "./Sidebar.module.css";

const noCount = () => 0;

function Entry({ page, isCurrent }: { readonly page: PageDefinition; readonly isCurrent: boolean }) {
  const { id, title, icon: Icon, useCount = noCount } = page;
  const count = useCount();
  return (
    <button
      type="button"
      className={classNames(styles.entry, isCurrent && styles.current)}
      aria-current={isCurrent ? "page" : undefined}
      onClick={() => go(id)}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span className={styles.title}>{title}</span>
      {count > 0 && <Count value={count} tone="wait" />}
    </button>
  );
}

interface Props {
  readonly current: string | null;
  readonly onPalette: () => void;
  readonly onKeys: () => void;
}

const groups = ["gate", "work", "system", "foot"] as const;

export function Sidebar({ current, onPalette, onKeys }: Props) {
  return (
    <nav className={styles.sidebar} aria-label="Pages">
      <header className={styles.brand}>
        <Mark size={18} />
        <span className={styles.title}>Gatehouse</span>
        <IconButton icon={Search} label="Go anywhere" keys="mod+k" onClick={onPalette} />
      </header>
      {groups.map((group) => (
        <div key={group} className={classNames(styles.group, group === "foot" && styles.foot)}>
          {pages
            .filter((page) => page.group === group)
            .map((page) => (
              <Entry key={page.id} page={page} isCurrent={page.id === current} />
            ))}
          {group === "foot" && (
            <button type="button" className={styles.entry} onClick={onKeys} aria-label="Keyboard">
              <CircleHelp size={16} strokeWidth={1.75} aria-hidden />
              <span className={styles.title}>Keyboard</span>
            </button>
          )}
        </div>
      ))}
    </nav>
  );
}
