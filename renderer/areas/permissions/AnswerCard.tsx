import { useRef, type ReactNode } from "react";
import type { PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import type { PermissionId } from "../../../main/contract/ids.ts";
import { useShortcuts, type Shortcut } from "../../page/shortcuts.ts";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { keySign } from "../../ui/Kbd.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { TimeBar } from "../../ui/TimeBar.tsx";
import { allowOnce, deny, type Answer, type Answered } from "./answer.ts";
import { DecisionButtons } from "./DecisionButtons.tsx";
import { usePending } from "./pending-store.ts";
import { loadRequest, useRequest } from "./request-cache.ts";
import { isLasting } from "./outcome-words.ts";
import { RequestCard } from "./RequestCard.tsx";
import { SettledNote } from "./SettledNote.tsx";
import { useAnswer, type AnswerState } from "./use-answer.ts";
import { onlyMeant, usePresence } from "./use-presence.ts";

interface Place {
  readonly bodyHeight: number;
  readonly allow: string;
  readonly deny: string;
  /** Absent where that key is taken: in a run's story it starts a new run. */
  readonly note?: string;
  readonly hasTimeBar?: boolean;
}

const places = {
  popup: { bodyHeight: 340, allow: "enter", deny: "backspace", note: "n" },
  inbox: { bodyHeight: 420, allow: "a", deny: "d", note: "n", hasTimeBar: true },
  timeline: { bodyHeight: 280, allow: "a", deny: "d" },
} as const satisfies Readonly<Record<string, Place>>;

interface Props {
  readonly id: PermissionId;
  readonly place: keyof typeof places;
  /** What is known before the request is read whole. */
  readonly summary?: PermissionSummary;
  /** False: the keys are somebody else's. */
  readonly hasKeys?: boolean;
  /** False while the window around it is not on screen yet. */
  readonly isShown?: boolean;
  /** Changes when the person looks anew: what was pressed before is not meant for it. */
  readonly look?: number;
  readonly aside?: ReactNode;
  readonly onAnswered?: (answered: Answered) => void;
  /** What Escape does once nothing is open in the card. Left out: it is left to what is around. */
  readonly onEscape?: () => void;
}

/**
 * A request with its answers: the same in the popup, the inbox and a run's story. Early presses count for nothing, a
 * late or failed answer says so. Mount it anew for each request, so that no note or click reaches another one.
 */
export function AnswerCard(props: Props) {
  const { id, summary, hasKeys = true, isShown = true, look = 0, aside, onAnswered, onEscape } = props;
  const place: Place = places[props.place];
  const { request, error } = useRequest(id);
  const settled = usePending(({ data }) => data.settled.find((each) => each.id === id));
  const state = useAnswer();
  const card = useRef<HTMLElement>(null);
  const shown = settled ?? summary ?? request;
  const isPending = shown?.status === "pending";
  const isReady = request !== null && isPending;
  const isMeant = usePresence(card, `${id} ${look}`, isReady && isShown);

  const give = async (given: Answer) => {
    if (!isReady) return;
    const answered = await state.give(request, given);
    if (answered !== null) onAnswered?.(answered);
  };
  const giveByKey = (given: Answer) => {
    if (isMeant("key")) void give({ ...given, note: state.note });
  };
  useShortcuts("This request", [
    ...(hasKeys ? answerKeys(place, giveByKey) : []),
    ...openingKeys(place, state),
    ...escapeKeys(state, onEscape),
  ]);

  const trouble = error !== null && (
    <ErrorNote title="This request could not be loaded." error={error} onRetry={() => void loadRequest(id)} />
  );
  if (shown === null) return trouble || <Skeleton height={120} />;
  return (
    <RequestCard ref={card} summary={shown} request={request} bodyHeight={place.bodyHeight} aside={aside}>
      {place.hasTimeBar && isPending && <TimeBar askedAt={shown.askedAt} expiresAt={shown.expiresAt} />}
      {trouble}
      {state.sending.step === "failed" && (
        <ErrorNote title="That answer did not get through." error={state.sending.error} />
      )}
      {isPending ? (
        <div {...onlyMeant(isMeant)}>
          <DecisionButtons
            choices={request?.choices ?? []}
            isLasting={isLasting(shown)}
            state={state}
            keySigns={{ allow: keySign(place.allow), deny: keySign(place.deny) }}
            onAnswer={(given) => void give(given)}
          />
        </div>
      ) : (
        <SettledNote summary={shown} isLate={state.sending.step === "late"} />
      )}
    </RequestCard>
  );
}

function answerKeys(place: Place, give: (given: Answer) => void): readonly Shortcut[] {
  const allowIt = { does: "Allow once", run: () => give(allowOnce) };
  const denyIt = { does: "Deny", run: () => give(deny) };
  const plain = [
    { keys: place.allow, ...allowIt },
    { keys: place.deny, ...denyIt },
  ];
  // Keys that also edit text need a second way from the note.
  if (place.allow !== "enter") return plain;
  return [
    ...plain,
    { ...allowIt, keys: `mod+${place.allow}`, does: "Allow once, also from the note", isGlobal: true },
    { ...denyIt, keys: `mod+${place.deny}`, does: "Deny, also from the note", isGlobal: true },
  ];
}

const openingKeys = ({ note }: Place, { isChoosing, set }: AnswerState): readonly Shortcut[] => [
  { keys: "m", does: "Allow and remember…", run: () => set({ isChoosing: !isChoosing }) },
  ...(note === undefined
    ? []
    : [{ keys: note, does: "Note to the agent", run: () => set({ isNoting: true }) }]),
];

function escapeKeys(
  { isChoosing, isNoting, set }: AnswerState,
  onEscape: (() => void) | undefined,
): readonly Shortcut[] {
  const fold = () => set({ isChoosing: false, isNoting: false });
  const isOpen = isChoosing || isNoting;
  if (onEscape !== undefined) {
    const run = isOpen ? fold : onEscape;
    return [{ keys: "escape", does: "Put away; decides nothing", isGlobal: true, run }];
  }
  return isOpen ? [{ keys: "escape", isGlobal: true, run: fold }] : [];
}
