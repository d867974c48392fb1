import { Command } from "cmdk";
import { ArrowLeft, CircleHelp, Monitor, Moon, Sun, type LucideIcon } from "lucide-react";
import { kindOf, pages, useWaiting } from "../areas/index.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Keys } from "../ui/Kbd.tsx";
import { Prose } from "../ui/Prose.tsx";
import { back, go } from "../page/navigation.ts";
import styles from "./Palette.module.css";
import { setTheme } from "../page/theme.ts";

interface Props {
  readonly onClose: () => void;
  readonly onKeys: () => void;
}

const mostWaiting = 20;

/** `Ctrl/⌘ K`: every page, what waits, and the few things that belong to no page. Nothing is decided from here. */
export function Palette({ onClose, onKeys }: Props) {
  const { waiting } = useWaiting().data;
  const entry = (label: string, Icon: LucideIcon, run: () => void, keys?: string) => (
    <Command.Item
      key={label}
      value={label}
      className={styles.item}
      onSelect={() => {
        onClose();
        run();
      }}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span className={styles.words}>{label}</span>
      {keys !== undefined && <Keys keys={keys} />}
    </Command.Item>
  );
  return (
    <Dialog title="Go anywhere" hasHiddenTitle size="wide" onClose={onClose}>
      <Command label="Go anywhere" loop>
        <Command.Input className={styles.input} placeholder="Go to a page, a request, an action…" autoFocus />
        <Command.List className={styles.list}>
          <Command.Empty className={styles.empty}>Nothing by that name.</Command.Empty>
          <Command.Group heading="Pages" className={styles.group}>
            {pages.map(({ id, title, icon, group }, index) =>
              entry(
                title,
                icon,
                () => go(id),
                group !== "hidden" && index < 9 ? `mod+${index + 1}` : undefined,
              ),
            )}
          </Command.Group>
          {waiting.length > 0 && (
            <Command.Group heading="Waiting" className={styles.group}>
              {waiting.slice(0, mostWaiting).map((item) => {
                const { title, from, keywords } = kindOf(item);
                return (
                  <Command.Item
                    key={item.id}
                    value={item.id}
                    keywords={[title(item), ...keywords(item)]}
                    className={styles.item}
                    onSelect={() => {
                      onClose();
                      go("inbox", item.id);
                    }}
                  >
                    <span className={styles.words}>
                      <Prose text={title(item)} />
                    </span>
                    <bdi className={styles.aside}>{from(item)}</bdi>
                  </Command.Item>
                );
              })}
            </Command.Group>
          )}
          <Command.Group heading="Actions" className={styles.group}>
            {pages
              .flatMap(({ commands = [] }) => commands)
              .map(({ label, icon, run }) => entry(label, icon, run))}
            {entry("Back", ArrowLeft, back, "alt+arrowleft")}
            {entry("Show keyboard shortcuts", CircleHelp, onKeys, "?")}
            {entry("Light theme", Sun, () => setTheme("light"))}
            {entry("Dark theme", Moon, () => setTheme("dark"))}
            {entry("Theme of the system", Monitor, () => setTheme("system"))}
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  );
}
