import { ChevronDown, Minus, Plus } from "lucide-react";
import { useId, type ReactNode } from "react";
import type { Choice } from "../../../main/areas/permissions/contract.ts";
import { Button } from "../../ui/Button.tsx";
import { Kbd } from "../../ui/Kbd.tsx";
import { TextArea } from "../../ui/Field.tsx";
import type { Hold } from "../../ui/use-hold.ts";
import { AllowButton } from "./AllowButton.tsx";
import type { Answer } from "./answer.ts";
import { AskBack } from "./AskBack.tsx";
import { Choices } from "./Choices.tsx";
import styles from "./DecisionButtons.module.css";
import { questionBack, type RiskLevel } from "./manner.ts";
import type { AnswerState } from "./use-answer.ts";
import type { Guard } from "./use-guard.ts";

interface Props {
  readonly choices: readonly Choice[];
  readonly riskLevel: RiskLevel;
  /** False: not all of it can be seen, so that nobody can allow it. */
  readonly canAllow: boolean;
  /** What is allowed stays, such as a changed setting: then nothing is allowed "once". */
  readonly isLasting: boolean;
  readonly state: AnswerState;
  /** Holding the button that allows once, begun here or by its key. */
  readonly hold: Hold;
  readonly guard: Guard;
  /** Signs of the keys that allow and deny here. */
  readonly keySigns: { readonly allow: string; readonly deny: string };
  readonly onAnswer: (answer: Answer) => void;
  /** Below the buttons, at the right: what decides nothing. */
  readonly aside?: ReactNode;
}

const onlyThis: Choice = { scope: "once", sentence: "This is of high risk" };

/**
 * The answers. What a choice would remember is said in full before it can be clicked. Whatever opens does so above the
 * buttons, which stay where they are.
 */
export function DecisionButtons(props: Props) {
  const { choices, riskLevel, canAllow, isLasting, state, hold, guard, keySigns, onAnswer, aside } = props;
  const opensId = useId();
  const { note, isChoosing, isNoting, asking, sending } = state;
  const busy = sending.step === "sending" ? sending.decision : null;
  const remembered = choices.filter(({ scope }) => scope !== "once");
  const give = (decision: Answer["decision"], scope: Answer["scope"] = "once") =>
    onAnswer({ decision, scope, note });
  const choose = (choice: Choice) => {
    if (questionBack(choice, riskLevel) === null) give("allow", choice.scope);
    else state.set({ asking: choice });
  };
  const isOpen = isChoosing || asking !== null;

  return (
    <div className={styles.decision}>
      <div id={opensId} className={styles.opens}>
        {asking !== null ? (
          <AskBack
            question={questionBack(asking, riskLevel) ?? `${asking.sentence}.`}
            label={asking.scope === "once" ? "Allow once" : "Allow and remember"}
            riskLevel={riskLevel}
            guard={guard}
            onBack={() => state.set({ asking: null })}
            onConfirm={() => give("allow", asking.scope)}
          />
        ) : (
          isChoosing && <Choices choices={remembered} onChoose={choose} />
        )}
      </div>
      {isNoting && (
        <TextArea
          rows={2}
          maxLength={10_000}
          autoFocus
          className={styles.note}
          aria-label="Note to the agent"
          placeholder="The agent reads this with your answer"
          value={note}
          onChange={(event) => state.set({ note: event.target.value })}
        />
      )}
      <div className={styles.buttons} data-guarded>
        {canAllow && (
          <AllowButton
            riskLevel={riskLevel}
            hold={hold}
            guard={guard}
            isBusy={busy === "allow"}
            disabled={busy === "deny"}
            onAllow={() => give("allow")}
            onAssisted={() => state.set({ asking: onlyThis })}
          >
            {isLasting ? "Allow" : "Allow once"} <Kbd>{keySigns.allow}</Kbd>
          </AllowButton>
        )}
        {remembered.length > 0 && (
          <Button
            onClick={() => state.set({ isChoosing: !isOpen, asking: null })}
            aria-expanded={isOpen}
            aria-controls={opensId}
            disabled={busy !== null}
          >
            Allow… <ChevronDown size={14} aria-hidden className={isOpen ? undefined : styles.turned} />
          </Button>
        )}
        <Button
          look="deny"
          onClick={() => give("deny")}
          isBusy={busy === "deny"}
          disabled={busy === "allow"}
          className={styles.last}
        >
          Deny <Kbd>{keySigns.deny}</Kbd>
        </Button>
      </div>
      <div className={styles.foot}>
        <button
          type="button"
          className={styles.noteButton}
          aria-expanded={isNoting}
          onClick={() => state.set({ isNoting: !isNoting })}
        >
          {isNoting ? <Minus size={14} aria-hidden /> : <Plus size={14} aria-hidden />} note to the agent
        </button>
        {aside}
      </div>
    </div>
  );
}
