import { useRef } from "react";
import type { PermissionId } from "../../../../main/contract/ids.ts";
import { useShortcuts } from "../../../app/shortcuts.ts";
import { ErrorNote } from "../../../ui/ErrorNote.tsx";
import { Skeleton } from "../../../ui/Skeleton.tsx";
import { allowOnce, deny, type Answer } from "../../permissions/answer.ts";
import { DecisionButtons } from "../../permissions/DecisionButtons.tsx";
import { loadRequest, useRequest } from "../../permissions/request-cache.ts";
import { RequestCard } from "../../permissions/RequestCard.tsx";
import { useCard } from "../../permissions/use-card.ts";
import { onlyMeant, usePresence } from "../../permissions/use-presence.ts";

const bodyHeight = 280;

/** A request answered where it stands in the story, with the same card as everywhere. */
export function PendingAnswer({ id }: { readonly id: PermissionId }) {
  const { request, error } = useRequest(id);
  const card = useCard();
  const ref = useRef<HTMLElement>(null);
  const isMeant = usePresence(ref, id, request !== null);

  const give = (given: Answer) => {
    if (request !== null) void card.give(request, { ...given, note: card.note });
  };
  const giveByKey = (given: Answer) => {
    if (isMeant("key")) give(given);
  };
  useShortcuts("Request", [
    { keys: "a", does: "Allow once", run: () => giveByKey(allowOnce) },
    { keys: "d", does: "Deny", run: () => giveByKey(deny) },
  ]);

  if (error !== null) {
    return (
      <ErrorNote
        title="The request could not be loaded."
        error={error}
        onRetry={() => void loadRequest(id)}
      />
    );
  }
  if (request === null) return <Skeleton height={120} />;
  return (
    <RequestCard ref={ref} summary={request} request={request} bodyHeight={bodyHeight}>
      {card.error !== null && <ErrorNote title="Your answer did not get through." error={card.error} />}
      <div {...onlyMeant(isMeant)}>
        <DecisionButtons
          choices={request.choices}
          card={card}
          keySigns={{ allow: "A", deny: "D" }}
          onAnswer={give}
        />
      </div>
    </RequestCard>
  );
}
