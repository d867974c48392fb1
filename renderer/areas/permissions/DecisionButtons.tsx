import { ChevronDown, Plus } from "lucide-react";
import { useEffect, useId, useRef, type KeyboardEvent } from "react";
import type { Choice } from "../../../main/areas/permissions/contract.ts";
import { Button } from "../../ui/Button.tsx";
import { Kbd } from "../../ui/Kbd.tsx";
import { TextArea } from "../../ui/Field.tsx";
import { Prose } from "../../ui/Prose.tsx";
import type { Answer } from "./answer.ts";
import styles from "./DecisionButtons.module.css";
import type { AnswerState } from "./use-answer.ts";

interface Props {
  readonly choices: readonly Choice[];
  /** What is allowed stays, such as a changed setting: then nothing is allowed "once". */
  readonly isLasting: boolean;
  readonly state: AnswerState;
  /** Signs of the keys that allow and deny here. */
  readonly keySigns: { readonly allow: string; readonly deny: string };
  readonly onAnswer: (answer: Answer) => void;
}

function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const index = buttons.findIndex((button) => button === document.activeElement);
  buttons.at((index + step) % buttons.length)?.focus();
}

/** The answers. What a choice would remember is said in full before it can be clicked. */
export function DecisionButtons({ choices, isLasting, state, keySigns, onAnswer }: Props) {
  const listId = useId();
  const { note, isChoosing, isNoting, sending } = state;
  const busy = sending.step === "sending" ? sending.decision : null;
  const remembered = choices.filter(({ scope }) => scope !== "once");
  const give = (decision: Answer["decision"], scope: Answer["scope"] = "once") =>
    onAnswer({ decision, scope, note });

  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // Opened by a key, it is worked by keys; a mouse must not leave the focus on what it did not point at.
    const focused = document.activeElement;
    const isByKey = focused === null || focused === document.body || focused.matches(":focus-visible");
    if (isChoosing && isByKey) list.current?.querySelector("button")?.focus();
  }, [isChoosing]);

  return (
    <div className={styles.decision}>
      <div className={styles.buttons} data-guarded>
        <Button
          look="allow"
          onClick={() => give("allow")}
          isBusy={busy === "allow"}
          disabled={busy === "deny"}
        >
          {isLasting ? "Allow" : "Allow once"} <Kbd>{keySigns.allow}</Kbd>
        </Button>
        {remembered.length > 0 && (
          <Button
            onClick={() => state.set({ isChoosing: !isChoosing })}
            aria-expanded={isChoosing}
            aria-controls={listId}
            disabled={busy !== null}
          >
            Allow… <ChevronDown size={14} aria-hidden className={isChoosing ? styles.turned : undefined} />
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
      {isChoosing && (
        <ul
          ref={list}
          id={listId}
          className={styles.choices}
          aria-label="Allow and remember"
          onKeyDown={moveFocus}
        >
          {remembered.map(({ scope, sentence }) => (
            <li key={scope}>
              <button type="button" className={styles.choice} onClick={() => give("allow", scope)}>
                <Prose text={sentence} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {isNoting ? (
        <TextArea
          rows={2}
          maxLength={10_000}
          autoFocus
          aria-label="Note to the agent"
          placeholder="The agent reads this with your answer"
          value={note}
          onChange={(event) => state.set({ note: event.target.value })}
        />
      ) : (
        <button type="button" className={styles.noteButton} onClick={() => state.set({ isNoting: true })}>
          <Plus size={14} aria-hidden /> note to the agent
        </button>
      )}
    </div>
  );
}
