import { useRef } from "react";
import type { PermissionSummary } from "../../../../main/areas/permissions/contract.ts";
import { go } from "../../../app/navigation.ts";
import { useShortcuts } from "../../../app/shortcuts.ts";
import { Button } from "../../../ui/Button.tsx";
import { Id } from "../../../ui/Copy.tsx";
import { ErrorNote } from "../../../ui/ErrorNote.tsx";
import { Facts } from "../../../ui/Facts.tsx";
import { exactTime } from "../../../ui/time.ts";
import { toast } from "../../../ui/toasts.ts";
import { allowOnce, deny, type Answer } from "../answer.ts";
import { DecisionButtons } from "../DecisionButtons.tsx";
import { settledSentence } from "../outcome-words.ts";
import { loadRequest, useRequest } from "../request-cache.ts";
import { RequestCard, SettledNote } from "../RequestCard.tsx";
import { TimeBar } from "../TimeLeft.tsx";
import { useCard } from "../use-card.ts";
import { onlyMeant, usePresence } from "../use-presence.ts";
import styles from "./Inbox.module.css";

interface Props {
  readonly summary: PermissionSummary;
  /** False while several are picked: then the keys are theirs. */
  readonly canAnswer: boolean;
  readonly onAnswered: () => void;
}

const bodyHeight = 420;
const keySigns = { allow: "A", deny: "D" };

/** One request in the window. Mounted anew for each request, so that no word or click wanders. */
export function RequestDetail({ summary, canAnswer, onAnswered }: Props) {
  const { request, error } = useRequest(summary.id);
  const card = useCard();
  const ref = useRef<HTMLElement>(null);
  const isPending = summary.status === "pending";
  const isMeant = usePresence(ref, summary.id, request !== null && isPending);

  const give = async (given: Answer) => {
    if (request === null || !isPending) return;
    const answered = await card.give(request, given);
    if (answered === null) return;
    const { status, decidedBy, scope } = answered.request;
    if (status === "pending") return;
    const sentence = settledSentence({ outcome: status, decidedBy, scope });
    if (answered.isLate) toast(`Too late. ${sentence}.`);
    else toast(`${status === "allowed" ? "Allowed" : "Denied"}: ${summary.act.replaceAll("`", "")}`);
    onAnswered();
  };
  const giveByKey = (given: Answer) => {
    if (canAnswer && isMeant("key")) void give({ ...given, note: card.note });
  };
  useShortcuts("This request", [
    ...(canAnswer
      ? [
          { keys: "a", does: "Allow once", run: () => giveByKey(allowOnce) },
          { keys: "d", does: "Deny", run: () => giveByKey(deny) },
        ]
      : []),
    ...(card.isChoosing || card.isNoting
      ? [
          {
            keys: "escape",
            isGlobal: true,
            run: () => card.set({ isChoosing: false, isNoting: false }),
          },
        ]
      : []),
    { keys: "m", does: "Allow and remember…", run: () => card.set({ isChoosing: !card.isChoosing }) },
    { keys: "n", does: "Note to the agent", run: () => card.set({ isNoting: true }) },
  ]);

  return (
    <div className={styles.request}>
      <RequestCard ref={ref} summary={summary} request={request} bodyHeight={bodyHeight}>
        {isPending && <TimeBar askedAt={summary.askedAt} expiresAt={summary.expiresAt} />}
        {error !== null && (
          <ErrorNote
            title="This request could not be loaded."
            error={error}
            onRetry={() => void loadRequest(summary.id)}
          />
        )}
        {card.error !== null && <ErrorNote title="That answer did not get through." error={card.error} />}
        {isPending ? (
          <div {...onlyMeant(isMeant)}>
            <DecisionButtons
              choices={request?.choices ?? []}
              card={card}
              keySigns={keySigns}
              onAnswer={(given) => void give(given)}
            />
          </div>
        ) : (
          <SettledNote summary={summary} />
        )}
      </RequestCard>
      <div className={styles.ids}>
        <Facts
          facts={[
            { label: "Session", value: <bdi>{summary.sessionId}</bdi> },
            { label: "Asked", value: exactTime(summary.askedAt) },
            {
              label: "Run",
              value: (
                <>
                  <Id id={summary.runId} />
                  <Button size="small" look="quiet" onClick={() => go("runs", summary.runId)}>
                    Open
                  </Button>
                </>
              ),
            },
            { label: "Request", value: <Id id={summary.id} /> },
          ]}
        />
      </div>
    </div>
  );
}
