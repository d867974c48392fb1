import { useEffect, useRef } from "react";
import { Button } from "../../ui/Button.tsx";
import { Prose } from "../../ui/Prose.tsx";
import { useHold } from "../../ui/use-hold.ts";
import { AllowButton } from "./AllowButton.tsx";
import styles from "./AskBack.module.css";
import { isWorkedByKeys } from "./by-keys.ts";
import type { RiskLevel } from "./manner.ts";
import type { Guard } from "./use-guard.ts";

interface Props {
  readonly question: string;
  readonly label: string;
  readonly riskLevel: RiskLevel;
  readonly guard: Guard;
  readonly onBack: () => void;
  readonly onConfirm: () => void;
}

/** One sentence, asked back before an answer counts that reaches further than one press should. */
export function AskBack({ question, label, riskLevel, guard, onBack, onConfirm }: Props) {
  const hold = useHold(() => guard.endsHold() && onConfirm());
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isWorkedByKeys()) box.current?.querySelector("button")?.focus();
  }, []);
  return (
    <div ref={box} className={styles.question} role="group" aria-label="Asked back">
      <p>
        <Prose text={question} />
      </p>
      <div className={styles.buttons}>
        <Button look="quiet" size="small" onClick={onBack}>
          Back
        </Button>
        <AllowButton
          riskLevel={riskLevel}
          hold={hold}
          guard={guard}
          onAllow={onConfirm}
          onAssisted={onConfirm}
        >
          {label}
        </AllowButton>
      </div>
    </div>
  );
}
