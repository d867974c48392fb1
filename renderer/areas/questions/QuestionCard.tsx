import { MessageCircleQuestion } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import type { Question } from "../../../main/areas/questions/contract.ts";
import { classNames } from "../../ui/class-names.ts";
import { PathLink } from "../../ui/PathLink.tsx";
import { Tooltip } from "../../ui/Tooltip.tsx";
import { clientName, whence } from "../permissions/outcome-words.ts";
import { TimeLeft } from "../permissions/TimeLeft.tsx";
import { AgentText } from "./AgentText.tsx";
import styles from "./Question.module.css";

interface Props {
  readonly question: Question;
  readonly ref?: RefObject<HTMLElement | null>;
  /** It takes the room there is, and what is asked scrolls in it. */
  readonly fills?: boolean;
  /** At the end of the first line. */
  readonly aside?: ReactNode;
  /** The answers, or the word about what was answered. */
  readonly children: ReactNode;
}

const atTimeOut: Readonly<Record<Question["onTimeout"], string>> = {
  default: "Without an answer the agent goes on with its default.",
  unanswered: "Without an answer the agent is told that nobody answered.",
  stay: "It waits as long as it takes.",
};

/** Who asks, from where, what, and how long there is. Popup and window show the same. */
export function QuestionCard({ question, ref, fills = false, aside, children }: Props) {
  const { clientId, workDir, sessionId, status, askedAt, expiresAt, onTimeout, urgency, text } = question;
  const who = clientName(clientId);
  return (
    <article
      ref={ref}
      className={classNames(styles.card, fills && styles.fills)}
      aria-label={`${who} asks you`}
    >
      <header className={styles.header}>
        <MessageCircleQuestion size={16} strokeWidth={1.75} aria-hidden />
        <bdi className={styles.who}>{who}</bdi>
        <span className={styles.where}>{workDir !== "" && <PathLink path={workDir} isWhole />}</span>
        {status === "pending" && (
          <TimeLeft askedAt={askedAt} expiresAt={expiresAt} otherwise={atTimeOut[onTimeout]} />
        )}
        {aside}
      </header>
      <div className={styles.wants}>
        <span>
          {urgency === "high" && <span className={styles.urgent}>urgent · </span>}
          asks you
        </span>
        <Tooltip text={sessionId === null ? "It runs outside Gatehouse" : `Session “${sessionId}”`}>
          <bdi className={styles.session}>{whence(question)}</bdi>
        </Tooltip>
      </div>
      <div className={styles.body} data-guarded>
        <AgentText text={text} />
      </div>
      {children}
    </article>
  );
}
