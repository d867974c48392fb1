import { GitFork } from "lucide-react";
import { useEffect, useState } from "react";
import type { Session } from "../../../main/areas/sessions/contract.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { go } from "../../page/navigation.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { SkeletonRows } from "../../ui/Skeleton.tsx";
import { counted } from "../../ui/text-rows.ts";
import { TextButton } from "../../ui/TextButton.tsx";
import { calls } from "./calls.ts";
import styles from "./FamilyView.module.css";
import { nameOf } from "./session-acts.ts";

interface Family {
  readonly ancestors: readonly Session[];
  readonly children: readonly Session[];
}

/** The sessions this one was forked from, and those forked from it, as a tree. */
export function FamilyView({ session }: { readonly session: Session }) {
  const [family, setFamily] = useState<Family | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  const [attempt, setAttempt] = useState(0);
  const { id, messageCount } = session;
  useEffect(() => {
    let isWanted = true;
    calls.getFamily({ id }).then(
      (answer) => isWanted && (setFamily(answer), setError(null)),
      (caught: unknown) => isWanted && setError(asCallError(caught)),
    );
    return () => {
      isWanted = false;
    };
  }, [id, messageCount, attempt]);

  if (error !== null) {
    return (
      <div className={styles.tree}>
        <ErrorNote
          title="The forks could not be loaded."
          error={error}
          onRetry={() => setAttempt((count) => count + 1)}
        />
      </div>
    );
  }
  if (family === null) return <SkeletonRows height={32} rows={3} />;
  const { ancestors, children } = family;
  if (ancestors.length + children.length === 0) {
    return (
      <EmptyState icon={GitFork} title="No forks">
        Fork it from any message to try something else from there. Both share what lies before, and each goes
        its own way.
      </EmptyState>
    );
  }
  const line = [...ancestors.toReversed(), session];
  return (
    <ul className={styles.tree} aria-label="Forks">
      {line.map((each, depth) => (
        <Branch key={each.id} session={each} depth={depth} isThis={each.id === id} />
      ))}
      {children.map((child) => (
        <Branch key={child.id} session={child} depth={line.length} isThis={false} />
      ))}
    </ul>
  );
}

/** Deeper than this everything would be at the right edge. */
const deepest = 12;

interface BranchProps {
  readonly session: Session;
  readonly depth: number;
  readonly isThis: boolean;
}

function Branch({ session, depth, isThis }: BranchProps) {
  const { parent, messageCount } = session;
  return (
    <li
      className={styles.branch}
      style={{ paddingInlineStart: Math.min(depth, deepest) * 20 }}
      aria-current={isThis || undefined}
    >
      {depth > 0 && <GitFork size={14} aria-hidden className={styles.sign} />}
      {isThis ? (
        <strong className={styles.name}>{nameOf(session)}</strong>
      ) : (
        <TextButton className={styles.name} onClick={() => go("sessions", session.id)}>
          <bdi>{nameOf(session)}</bdi>
        </TextButton>
      )}
      <span className={styles.aside}>
        {counted(messageCount, "message")}
        {parent !== null && `, ${parent.index === messageCount ? "all" : parent.index} shared`} ·{" "}
        <RelativeTime at={session.updatedAt} />
      </span>
    </li>
  );
}
