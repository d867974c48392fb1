import { useEffect, useRef, type KeyboardEvent } from "react";
import { Layers } from "lucide-react";
import type { Choice } from "../../../main/areas/permissions/contract.ts";
import { Prose } from "../../ui/Prose.tsx";
import { isWorkedByKeys } from "./by-keys.ts";
import styles from "./Choices.module.css";
import { termsOf } from "./manner.ts";

interface Props {
  readonly choices: readonly Choice[];
  readonly onChoose: (choice: Choice) => void;
}

function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const index = buttons.findIndex((button) => button === document.activeElement);
  buttons.at((index + step) % buttons.length)?.focus();
}

const plain = (text: string) => text.replaceAll("`", "");

/** What may be remembered of this very request; below, set apart, what would cover others too. */
export function Choices({ choices, onChoose }: Props) {
  const { common, terms } = termsOf(choices.filter(({ beyond }) => beyond === undefined));
  const wide = choices.filter(({ beyond }) => beyond !== undefined);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (isWorkedByKeys()) list.current?.querySelector("button")?.focus();
  }, []);

  return (
    <div className={styles.choices}>
      {common !== "" && (
        <div className={styles.common}>
          <Prose text={`${common},`} />
        </div>
      )}
      <ul ref={list} className={styles.list} aria-label="Allow and remember" onKeyDown={moveFocus}>
        {terms.map(({ choice, words }) => (
          <li key={choice.scope} className={common === "" ? styles.whole : undefined}>
            <button
              type="button"
              className={common === "" ? styles.row : styles.term}
              aria-label={plain(choice.sentence)}
              onClick={() => onChoose(choice)}
            >
              <Prose text={words} />
            </button>
          </li>
        ))}
        {wide.map((choice) => (
          <li key={choice.scope} className={styles.wide}>
            <button
              type="button"
              className={styles.row}
              aria-label={plain(choice.sentence)}
              onClick={() => onChoose(choice)}
            >
              <Layers size={14} aria-hidden />
              <span>
                <Prose text={`${choice.sentence}…`} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
