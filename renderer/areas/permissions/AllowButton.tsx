import type { ReactNode } from "react";
import { TriangleAlert } from "lucide-react";
import { Button } from "../../ui/Button.tsx";
import { HoldButton } from "../../ui/HoldButton.tsx";
import type { Hold } from "../../ui/use-hold.ts";
import { allowLook, isHeld, type RiskLevel } from "./manner.ts";
import type { Guard } from "./use-guard.ts";

interface Props {
  readonly riskLevel: RiskLevel;
  readonly hold: Hold;
  readonly guard: Guard;
  readonly isBusy?: boolean;
  readonly disabled?: boolean;
  readonly onAllow: () => void;
  /** Pressed without a way to hold: ask back instead. */
  readonly onAssisted: () => void;
  readonly children: ReactNode;
}

/** The button that allows: pressed, or held where much is at stake. */
export function AllowButton({ riskLevel, hold, guard, onAllow, onAssisted, children, ...rest }: Props) {
  const look = allowLook[riskLevel];
  if (!isHeld(riskLevel)) {
    return (
      <Button look={look} onClick={onAllow} {...rest}>
        {children}
      </Button>
    );
  }
  return (
    <HoldButton look={look} hold={hold} mayBegin={guard.beginsHold} onAssisted={onAssisted} {...rest}>
      <TriangleAlert size={14} aria-hidden /> Hold: {children}
    </HoldButton>
  );
}
