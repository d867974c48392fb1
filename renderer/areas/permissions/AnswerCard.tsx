import { useRef, type ReactNode } from "react";
import type { PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import type { PermissionId } from "../../../main/contract/ids.ts";
import { useShortcuts, type Shortcut } from "../../page/shortcuts.ts";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { keySign } from "../../ui/Kbd.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { TimeBar } from "../../ui/TimeBar.tsx";
import { useHold } from "../../ui/use-hold.ts";
import styles from "./AnswerCard.module.css";
import { allowOnce, deny, type Answer, type Answered } from "./answer.ts";
import { DecisionButtons } from "./DecisionButtons.tsx";
import { usePending } from "./pending-store.ts";
import { loadRequest, useRequest } from "./request-cache.ts";
import { isHeld } from "./manner.ts";
import { isLasting } from "./outcome-words.ts";
import { RequestCard } from "./RequestCard.tsx";
import { SettledNote } from "./SettledNote.tsx";
import { useAnswer, type AnswerState } from "./use-answer.ts";
import { useGuard } from "./use-guard.ts";

interface Place {
  readonly bodyHeight: number;
  readonly allow: string;
  readonly deny: string;
  /** Absent where that key is taken: in a run's story it starts a new run. */
  readonly note?: string;
  readonly hasTimeBar?: boolean;
  /** The card takes the room there is, and what it shows scrolls in it. */
  readonly fills?: boolean;
}

const places = {
  popup: { bodyHeight: 480, allow: "enter", deny: "backspace", note: "n", fills: true },
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
  /** In the first line. */
  readonly aside?: ReactNode;
  /** Beside the answers: what decides nothing. */
  readonly later?: ReactNode;
  readonly onAnswered?: (answered: Answered) => void;
  /** What Escape does once nothing is open in the card. Left out: it is left to what is around. */
  readonly onEscape?: () => void;
}

/**
 * A request with its answers: the same in the popup, the inbox and a run's story. Early presses count for nothing, a
 * late or failed answer says so. Mount it anew for each request, so that no note or click reaches another one.
 */
export function AnswerCard(props: Props) {
  const { id, summary, hasKeys = true, isShown = true, look = 0 } = props;
  const { aside, later, onAnswered, onEscape } = props;
  const place: Place = places[props.place];
  const { request, error } = useRequest(id);
  const settled = usePending(({ data }) => data.settled.find((each) => each.id === id));
  const state = useAnswer();
  const card = useRef<HTMLElement>(null);
  const shown = settled ?? summary ?? request;
  const isPending = shown?.status === "pending";
  const canAllow = shown?.sight !== "none";
  const isReady = request !== null && isPending;
  const guard = useGuard(card, `${id} ${look}`, isReady && isShown);

  const give = async (given: Answer) => {
    if (!isReady || (given.decision === "allow" && !canAllow)) return;
    const answered = await state.give(request, given);
    if (answered !== null) onAnswered?.(answered);
  };
  const hold = useHold(() => {
    if (guard.endsHold()) void give({ ...allowOnce, note: state.note });
  });
  const giveByKey = (given: Answer) => {
    const mustHold = given.decision === "allow" && isHeld(shown?.riskLevel ?? "high");
    if (mustHold) {
      if (guard.beginsHold()) hold.start();
    } else if (guard.takesKey()) void give({ ...given, note: state.note });
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
    <RequestCard
      ref={card}
      summary={shown}
      request={request}
      bodyHeight={place.bodyHeight}
      fills={place.fills === true}
      aside={aside}
    >
      {place.hasTimeBar && isPending && <TimeBar askedAt={shown.askedAt} expiresAt={shown.expiresAt} />}
      {trouble}
      {state.sending.step === "failed" && (
        <ErrorNote title="That answer did not get through." error={state.sending.error} />
      )}
      {isPending ? (
        <div className={styles.answers} {...guard.props}>
          <DecisionButtons
            choices={request?.choices ?? []}
            riskLevel={shown.riskLevel}
            canAllow={canAllow}
            isLasting={isLasting(shown)}
            state={state}
            hold={hold}
            guard={guard}
            aside={later}
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
  { keys: "m", does: "Allow and remember…", run: () => set({ isChoosing: !isChoosing, asking: null }) },
  ...(note === undefined
    ? []
    : [{ keys: note, does: "Note to the agent", run: () => set({ isNoting: true }) }]),
];

function escapeKeys(
  { isChoosing, isNoting, asking, set }: AnswerState,
  onEscape: (() => void) | undefined,
): readonly Shortcut[] {
  const fold = () => set(asking === null ? { isChoosing: false, isNoting: false } : { asking: null });
  const isOpen = isChoosing || isNoting || asking !== null;
  if (onEscape !== undefined) {
    const run = isOpen ? fold : onEscape;
    return [{ keys: "escape", does: "Put away; decides nothing", isGlobal: true, run }];
  }
  return isOpen ? [{ keys: "escape", isGlobal: true, run: fold }] : [];
}
