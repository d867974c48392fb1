import { useVirtualizer } from "@tanstack/react-virtual";
import { MessagesSquare } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { StoredMessage } from "../../../main/areas/sessions/contract.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { useFollowEnd } from "../runs/follow-end.ts";
import { keepScrollKeys } from "../runs/scroll-keys.ts";
import type { MessageLog, MessagePages } from "./message-pages.ts";
import { MessageView } from "./MessageView.tsx";
import styles from "./Messages.module.css";

const guessedHeight = 72;

/** A conversation, from its end; what is not in sight is neither drawn nor read. */
export function Messages({ log: useLog }: { readonly log: MessageLog }) {
  const { data, status } = useLog();
  const { total, byIndex } = data;
  if (status === "loading") {
    return (
      <div className={styles.loading} role="status" aria-label="Loading the messages">
        <Skeleton height={44} />
        <Skeleton width="82%" />
        <Skeleton width="66%" />
      </div>
    );
  }
  if (total === 0) {
    return (
      <EmptyState icon={MessagesSquare} title="No messages yet">
        They are added when a run ends.
      </EmptyState>
    );
  }
  return <Log log={useLog} total={total} byIndex={byIndex} />;
}

/** The turns of one run read as one answer. */
const isOneAnswer = (before: StoredMessage, message: StoredMessage) =>
  before.role !== "user" && before.runId === message.runId;

interface LogProps {
  readonly log: MessageLog;
  readonly total: number;
  readonly byIndex: MessagePages["byIndex"];
}

function Log({ log, total, byIndex }: LogProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { hold } = useFollowEnd(scroller, content, true);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (key: string) => {
      hold();
      setOpened((now) => {
        const next = new Set(now);
        if (!next.delete(key)) next.add(key);
        return next;
      });
    },
    [hold],
  );

  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => guessedHeight,
    overscan: 6,
    paddingStart: 20,
    initialOffset: () => total * guessedHeight,
    initialRect: { width: 0, height: 900 },
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => log.show(first, last), [log, first, last, total]);

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      tabIndex={0}
      onKeyDown={keepScrollKeys}
      aria-label="Messages"
    >
      <div ref={content} className={styles.content}>
        <div className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, key, start }) => {
            const message = byIndex.get(index);
            const before = byIndex.get(index - 1);
            return (
              <div
                key={key}
                data-index={index}
                ref={virtualizer.measureElement}
                className={styles.row}
                style={{ transform: `translateY(${start}px)` }}
              >
                {message === undefined ? (
                  <div className={styles.missing}>
                    <Skeleton width="70%" />
                  </div>
                ) : (
                  <MessageView
                    message={message}
                    isFollowing={before !== undefined && isOneAnswer(before, message)}
                    opened={opened}
                    onToggle={toggle}
                  />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
