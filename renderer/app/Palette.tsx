import { Command } from "cmdk";
import { ArrowLeft, CircleHelp, Monitor, Moon, Sun, type LucideIcon } from "lucide-react";
import { pages } from "../areas/index.ts";
import { usePending } from "../areas/permissions/pending-store.ts";
import { clientName } from "../areas/permissions/outcome-words.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Keys } from "../ui/Kbd.tsx";
import { Prose } from "../ui/Prose.tsx";
import { back, go } from "./navigation.ts";
import styles from "./Palette.module.css";
import { setTheme } from "./theme.ts";

interface Props {
  readonly onClose: () => void;
  readonly onKeys: () => void;
}

const mostRequests = 20;

/** `Ctrl/⌘ K`: every page, what waits, and the few things that belong to no page. Nothing is decided from here. */
export function Palette({ onClose, onKeys }: Props) {
  const waiting = usePending(({ data }) => data.waiting);
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
              {waiting.slice(0, mostRequests).map(({ id, act, clientId, sessionId }) => (
                <Command.Item
                  key={id}
                  value={id}
                  keywords={[act, clientId, sessionId]}
                  className={styles.item}
                  onSelect={() => {
                    onClose();
                    go("inbox", id);
                  }}
                >
                  <span className={styles.words}>
                    <Prose text={act} />
                  </span>
                  <bdi className={styles.aside}>{clientName(clientId)}</bdi>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          <Command.Group heading="Actions" className={styles.group}>
            {pages
              .flatMap(({ commands = [] }) => commands)
              .map(({ label, icon, run }) => entry(label, icon, run))}
            {entry("Back", ArrowLeft, back, "alt+arrowleft")}
            {entry("Show keys", CircleHelp, onKeys, "?")}
            {entry("Light theme", Sun, () => setTheme("light"))}
            {entry("Dark theme", Moon, () => setTheme("dark"))}
            {entry("Theme of the system", Monitor, () => setTheme("system"))}
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  );
}
