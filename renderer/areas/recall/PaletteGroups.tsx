import { Command } from "cmdk";
import type { ReactNode } from "react";
import { visibleText } from "../../../main/contract/visible-text.ts";
import { go } from "../../page/navigation.ts";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { HitText } from "./HitText.tsx";
import { openHit } from "./open-hit.ts";
import type { PaletteFinds } from "./palette-finds.ts";

interface Props {
  readonly finds: PaletteFinds;
  /** Before something is opened. */
  readonly onOpen: () => void;
  readonly styles: Readonly<Record<"group" | "item" | "words" | "aside", string | undefined>>;
}

/** What was found, by kind; the palette looks the same for all of it. */
export function PaletteGroups({ finds, onOpen, styles }: Props) {
  const row = (value: string, words: ReactNode, at: number, open: () => void) => (
    <Command.Item
      key={value}
      value={value}
      className={styles.item}
      onSelect={() => {
        onOpen();
        open();
      }}
    >
      <span className={styles.words}>{words}</span>
      <span className={styles.aside}>
        <RelativeTime at={at} />
      </span>
    </Command.Item>
  );
  const group = (heading: string, rows: readonly ReactNode[]) =>
    rows.length > 0 && (
      <Command.Group heading={heading} className={styles.group}>
        {rows}
      </Command.Group>
    );
  const { memories, messages, sessions, runs } = finds;
  return (
    <>
      {group(
        "Memories",
        memories.map((hit) =>
          row(`memory ${hit.memoryId}`, <HitText hit={hit} />, hit.at, () => openHit(hit)),
        ),
      )}
      {group(
        "Messages",
        messages.map((hit) =>
          row(`message ${hit.sessionId} ${hit.index}`, <HitText hit={hit} />, hit.at, () => openHit(hit)),
        ),
      )}
      {group(
        "Sessions",
        sessions.map(({ id, title, updatedAt }) =>
          row(`session ${id}`, <bdi>{visibleText(title === "" ? id : title)}</bdi>, updatedAt, () =>
            go("sessions", id),
          ),
        ),
      )}
      {group(
        "Runs",
        runs.map(({ id, title, startedAt }) =>
          row(`run ${id}`, <bdi>{visibleText(title === "" ? "Empty prompt" : title)}</bdi>, startedAt, () =>
            go("runs", id),
          ),
        ),
      )}
    </>
  );
}
