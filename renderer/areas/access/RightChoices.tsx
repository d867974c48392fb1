import type { AccessScope } from "../../../main/contract/principal.ts";
import { CheckBox } from "../../ui/CheckBox.tsx";
import styles from "./Access.module.css";
import { ALL_RIGHTS, rightWords } from "./scope-words.ts";

interface Props {
  readonly chosen: readonly AccessScope[];
  readonly onChange: (chosen: readonly AccessScope[]) => void;
}

/** Every right by itself. */
export function RightChoices({ chosen, onChange }: Props) {
  const toggled = (scope: AccessScope) =>
    chosen.includes(scope) ? chosen.filter((other) => other !== scope) : [...chosen, scope];
  return (
    <div role="group" aria-label="Single rights" className={styles.choices}>
      {ALL_RIGHTS.map((scope) => (
        <label key={scope} className={styles.choice}>
          <CheckBox
            isChecked={chosen.includes(scope)}
            onChange={() => onChange(toggled(scope))}
            label={`May ${rightWords(scope)}`}
          />
          <span>May {rightWords(scope)}</span>
          <code>{scope}</code>
        </label>
      ))}
    </div>
  );
}
