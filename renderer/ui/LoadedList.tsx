import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { ErrorNote } from "./ErrorNote.tsx";
import styles from "./LoadedList.module.css";
import { SkeletonRows } from "./Skeleton.tsx";
import { VirtualList, type VirtualListProps } from "./VirtualList.tsx";

interface Props<T> extends VirtualListProps<T> {
  readonly rowHeight: number;
  readonly status: "loading" | "ready" | "failed";
  readonly error: { readonly message: string } | null;
  readonly failedTitle: string;
  readonly onRetry: () => void;
  /** In place of the rows when there are none. */
  readonly empty: ReactNode;
  readonly skeletonRows?: number;
  /** As wide as the page, with no detail beside it. */
  readonly isWide?: boolean;
}

/** A list of the server in each of its states. Rows stay on screen when reading them again fails. */
export function LoadedList<T>(props: Props<T>) {
  const { status, error, failedTitle, onRetry, empty, skeletonRows, isWide = false, ...list } = props;
  const { items, rowHeight } = list;
  return (
    <div className={styles.frame}>
      {status === "loading" && (
        <SkeletonRows height={rowHeight} {...(skeletonRows === undefined ? {} : { rows: skeletonRows })} />
      )}
      {status === "failed" && (
        <div className={classNames(styles.note, isWide && styles.wide)}>
          <ErrorNote title={failedTitle} error={error} onRetry={onRetry} />
        </div>
      )}
      {status === "ready" && items.length === 0 && empty}
      {items.length > 0 && <VirtualList {...list} />}
    </div>
  );
}
