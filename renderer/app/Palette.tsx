import { Command, defaultFilter } from "cmdk";
import { ArrowLeft, CircleHelp, Monitor, Moon, Sun, type LucideIcon } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { kindOf, PaletteGroups, pages, usePaletteFinds, useWaiting } from "../areas/index.ts";
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

interface Entry {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
  readonly keys?: string | undefined;
}

const mostWaiting = 20;
/** Letters that only happen to stand somewhere in a name score less. */
const MEANT = 0.3;

/** The best first; nothing typed keeps them as they are. */
function fitting<Item>(
  items: readonly Item[],
  typed: string,
  words: (item: Item) => readonly string[],
): Item[] {
  if (typed.trim() === "") return [...items];
  return items
    .map((item) => {
      const [name = "", ...others] = words(item);
      return { item, score: defaultFilter(name, typed, others) };
    })
    .filter(({ score }) => score >= MEANT)
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

/**
 * `Ctrl/⌘ K`: every page, what waits, the few things that belong to no page, and a few of all that was said and done.
 * What is known here comes first and at once; what is found comes below it, all together, so no row moves away under
 * the hand. Nothing is decided from here.
 */
export function Palette({ onClose, onKeys }: Props) {
  const [typed, setTyped] = useState("");
  const { waiting } = useWaiting().data;
  const finds = usePaletteFinds(typed);
  const list = useRef<HTMLDivElement>(null);
  const isPressed = useRef(false);

  const openSelected = () => {
    const items = list.current?.querySelectorAll<HTMLElement>("[cmdk-item]") ?? [];
    const selected = [...items].find((item) => item.ariaSelected === "true");
    (selected ?? items[0])?.click();
  };
  useEffect(() => {
    if (finds.isStale || !isPressed.current) return;
    isPressed.current = false;
    openSelected();
  }, [finds.isStale]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !finds.isStale || event.nativeEvent.isComposing) return;
    // What is shown below is still of what was typed before: the answer is waited for.
    if (list.current?.querySelector('[data-own][aria-selected="true"]') !== null) return;
    event.preventDefault();
    isPressed.current = true;
  };

  const entry = ({ label, icon: Icon, run, keys }: Entry) => (
    <Command.Item
      key={label}
      value={label}
      data-own
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
  const group = (heading: string, entries: readonly Entry[]) => {
    const shown = fitting(entries, typed, ({ label }) => [label]);
    return (
      shown.length > 0 && (
        <Command.Group heading={heading} className={styles.group}>
          {shown.map(entry)}
        </Command.Group>
      )
    );
  };
  const items = fitting(waiting, typed, (item) => {
    const { title, keywords } = kindOf(item);
    return [item.id, title(item), ...keywords(item)];
  }).slice(0, mostWaiting);

  return (
    <Dialog title="Go anywhere" hasHiddenTitle size="wide" onClose={onClose}>
      <Command label="Go anywhere" loop shouldFilter={false} onKeyDown={onKeyDown}>
        <Command.Input
          className={styles.input}
          placeholder="Go to a page, a request, an action, or anything that was said…"
          value={typed}
          onValueChange={setTyped}
          autoFocus
        />
        <Command.List ref={list} className={styles.list} aria-busy={finds.isStale || undefined}>
          {!finds.isStale && <Command.Empty className={styles.empty}>Nothing by that name.</Command.Empty>}
          {group(
            "Pages",
            pages.map(({ id, title, icon, group: place }, index) => ({
              label: title,
              icon,
              run: () => go(id),
              keys: place !== "hidden" && index < 9 ? `mod+${index + 1}` : undefined,
            })),
          )}
          {items.length > 0 && (
            <Command.Group heading="Waiting" className={styles.group}>
              {items.map((item) => {
                const { title, from } = kindOf(item);
                return (
                  <Command.Item
                    key={item.id}
                    value={item.id}
                    data-own
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
          {group("Actions", [
            ...pages.flatMap(({ commands = [] }) => commands),
            { label: "Back", icon: ArrowLeft, run: back, keys: "alt+arrowleft" },
            { label: "Show keyboard shortcuts", icon: CircleHelp, run: onKeys, keys: "?" },
            { label: "Light theme", icon: Sun, run: () => setTheme("light") },
            { label: "Dark theme", icon: Moon, run: () => setTheme("dark") },
            { label: "Theme of the system", icon: Monitor, run: () => setTheme("system") },
          ])}
          {finds.answer !== null && (
            <PaletteGroups
              finds={finds.answer}
              onOpen={onClose}
              styles={{
                group: styles.group,
                item: styles.item,
                words: styles.words,
                aside: styles.aside,
              }}
            />
          )}
        </Command.List>
      </Command>
    </Dialog>
  );
}
