import { useVirtualizer } from "@tanstack/react-virtual";
import { GitFork, MessagesSquare } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { StoredCompaction, StoredMessage } from "../../../main/areas/sessions/contract.ts";
import { classNames } from "../../ui/class-names.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { useFollowEnd } from "../runs/follow-end.ts";
import { keepScrollKeys } from "../runs/scroll-keys.ts";
import type { MessageLog, MessagePages } from "./message-pages.ts";
import { ViewStart } from "./ViewStart.tsx";
import { MessageView } from "./MessageView.tsx";
import styles from "./Messages.module.css";

const guessedHeight = 72;

interface Props {
  readonly log: MessageLog;
  /** The message that was asked for; without one a conversation is shown from its end. */
  readonly target: number | null;
  /** Where the model's view began, the newest last. */
  readonly compactions: readonly StoredCompaction[];
  readonly onFork: (index: number) => void;
}

/** A conversation; what is not in sight is neither drawn nor read. */
export function Messages({ log: useLog, target, ...rest }: Props) {
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
  const place = target === null ? null : Math.min(target, total - 1);
  return <Log log={useLog} total={total} byIndex={byIndex} target={place} {...rest} />;
}

/** The turns of one run read as one answer. */
const isOneAnswer = (before: StoredMessage, message: StoredMessage) =>
  before.role !== "user" && before.runId === message.runId;

interface LogProps extends Props {
  readonly total: number;
  readonly byIndex: MessagePages["byIndex"];
}

function Log({ log, total, byIndex, target, compactions, onFork }: LogProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { hold } = useFollowEnd(scroller, content, target === null);
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
    initialOffset: () => (target ?? total) * guessedHeight,
    initialRect: { width: 0, height: 900 },
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => log.show(first, last), [log, first, last, total]);
  const isTargetRead = target !== null && byIndex.has(target);
  useEffect(() => {
    if (target === null) return;
    hold();
    virtualizer.scrollToIndex(target, { align: "center" });
    // Once more when it has its height.
  }, [target, isTargetRead, virtualizer, hold]);

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
            const began = compactions.findLast(({ from }) => from === index);
            return (
              <div
                key={key}
                data-index={index}
                ref={virtualizer.measureElement}
                className={classNames(styles.row, index === target && styles.target)}
                aria-current={index === target || undefined}
                style={{ transform: `translateY(${start}px)` }}
              >
                {message === undefined ? (
                  <div className={styles.missing}>
                    <Skeleton width="70%" />
                  </div>
                ) : (
                  <>
                    {began !== undefined && (
                      <ViewStart
                        compaction={began}
                        isCurrent={began === compactions.at(-1)}
                        isOpen={opened.has(`view/${index}`)}
                        onToggle={() => toggle(`view/${index}`)}
                      />
                    )}
                    <MessageView
                      message={message}
                      isFollowing={before !== undefined && isOneAnswer(before, message)}
                      opened={opened}
                      onToggle={toggle}
                    />
                    <IconButton
                      icon={GitFork}
                      label="Fork the session from here"
                      className={styles.fork}
                      onClick={() => onFork(index)}
                    />
                  </>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
