import { SquareArrowOutUpRight } from "lucide-react";
import { useEffect, useRef } from "react";
import type { PermissionSummary } from "../../../../main/areas/permissions/contract.ts";
import { useShortcuts } from "../../../app/shortcuts.ts";
import { ErrorNote } from "../../../ui/ErrorNote.tsx";
import { IconButton } from "../../../ui/IconButton.tsx";
import { keySign } from "../../../ui/Kbd.tsx";
import { allowOnce, deny, type Answer } from "../answer.ts";
import { DecisionButtons } from "../DecisionButtons.tsx";
import { loadRequest, useRequest } from "../request-cache.ts";
import { RequestCard, SettledNote } from "../RequestCard.tsx";
import { useCard } from "../use-card.ts";
import { onlyMeant, usePresence } from "../use-presence.ts";
import { usePainted } from "./popup-window.ts";
import styles from "./Popup.module.css";
import { popupCalls } from "./popup-calls.ts";

interface Props {
  readonly summary: PermissionSummary;
  /** Counts how often the window was brought up: each time a person looks anew. */
  readonly showing: number;
  readonly onClose: () => void;
}

const bodyHeight = 340;
const keySigns = { allow: keySign("enter"), deny: keySign("backspace") };

/** One request in the popup, with its keys. Mounted anew for each request, so that no word or click wanders. */
export function PopupCard({ summary, showing, onClose }: Props) {
  const { request, error } = useRequest(summary.id);
  const card = useCard();
  const ref = useRef<HTMLElement>(null);
  const isPending = summary.status === "pending";
  const isReady = request !== null && isPending;
  const isShown = usePainted(request === null ? null : summary.id);
  const isMeant = usePresence(ref, `${summary.id} ${showing}`, isReady && isShown);

  const give = (answer: Answer) => {
    if (request !== null && isPending) void card.give(request, answer);
  };
  const giveByKey = (answer: Answer) => {
    if (isMeant("key")) give({ ...answer, note: card.note });
  };
  useShortcuts("This request", [
    { keys: "enter", does: "Allow once", run: () => giveByKey(allowOnce) },
    { keys: "backspace", does: "Deny", run: () => giveByKey(deny) },
    {
      keys: "mod+enter",
      does: "Allow once, also from the note",
      isGlobal: true,
      run: () => giveByKey(allowOnce),
    },
    { keys: "mod+backspace", does: "Deny, also from the note", isGlobal: true, run: () => giveByKey(deny) },
    { keys: "m", does: "Allow and remember…", run: () => card.set({ isChoosing: !card.isChoosing }) },
    { keys: "n", does: "Note to the agent", run: () => card.set({ isNoting: true }) },
    {
      keys: "escape",
      does: "Put away; decides nothing",
      isGlobal: true,
      run: () => {
        if (card.isChoosing || card.isNoting) card.set({ isChoosing: false, isNoting: false });
        else onClose();
      },
    },
  ]);

  // Choosing a note or a scope must not leave the focus on a button that a stray Enter would press.
  useEffect(() => {
    if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur();
  }, []);

  return (
    <RequestCard
      ref={ref}
      summary={summary}
      request={request}
      bodyHeight={bodyHeight}
      aside={
        <IconButton
          icon={SquareArrowOutUpRight}
          label="Open in the window"
          className={styles.open}
          onClick={() => void popupCalls.showWindow({ permissionId: summary.id })}
        />
      }
    >
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
          <DecisionButtons choices={request?.choices ?? []} card={card} keySigns={keySigns} onAnswer={give} />
        </div>
      ) : (
        <SettledNote summary={summary} />
      )}
    </RequestCard>
  );
}
