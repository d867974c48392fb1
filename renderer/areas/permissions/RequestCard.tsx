import type { ReactNode, RefObject } from "react";
import type { PermissionRequest, PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import { classNames } from "../../ui/class-names.ts";
import { Mark } from "../../ui/Mark.tsx";
import { PathLink } from "../../ui/PathLink.tsx";
import { Prose } from "../../ui/Prose.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Tooltip } from "../../ui/Tooltip.tsx";
import { clientName, isLasting, whence } from "./outcome-words.ts";
import { RequestBody } from "./RequestBody.tsx";
import { Risks } from "./Risks.tsx";
import styles from "./RequestCard.module.css";
import { TimeLeft } from "./TimeLeft.tsx";

interface Props {
  readonly summary: PermissionSummary;
  readonly request: PermissionRequest | null;
  readonly bodyHeight: number;
  readonly ref?: RefObject<HTMLElement | null>;
  /** It takes the room there is, and its body scrolls in it. */
  readonly fills: boolean;
  /** At the end of the first line. */
  readonly aside?: ReactNode;
  /** The answers, or the word about what was answered. */
  readonly children: ReactNode;
}

/** Who asks, where, for what, how risky and how long there is. Popup and window show the same. */
export function RequestCard({ summary, request, bodyHeight, fills, ref, aside, children }: Props) {
  const who = clientName(summary.clientId);
  const { sessionId } = summary;
  return (
    <article
      ref={ref}
      className={classNames(styles.card, fills && styles.fills)}
      aria-label={`${who} ${summary.wants}`}
    >
      <header className={styles.header}>
        <Mark />
        <bdi className={styles.who}>{who}</bdi>
        <span className={styles.where}>
          {!isLasting(summary) && <PathLink path={summary.workDir} isWhole />}
        </span>
        {summary.status === "pending" && <TimeLeft askedAt={summary.askedAt} expiresAt={summary.expiresAt} />}
        {aside}
      </header>
      <div className={styles.wants}>
        <Prose text={summary.wants} />
        <Tooltip text={sessionId === null ? "It runs outside Gatehouse" : `Session “${sessionId}”`}>
          <bdi className={styles.session}>{whence(summary)}</bdi>
        </Tooltip>
      </div>
      <div className={styles.body} data-guarded>
        {request === null ? (
          <div className={styles.loading} role="status" aria-label="Loading the request">
            <Skeleton width="70%" />
          </div>
        ) : (
          <RequestBody presentation={request.presentation} maxHeight={bodyHeight} />
        )}
      </div>
      {request !== null && <Risks risks={request.presentation.risks} />}
      {children}
    </article>
  );
}
