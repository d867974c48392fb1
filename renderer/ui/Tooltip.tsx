import { Tooltip as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { Keys } from "./Kbd.tsx";
import { usePortal } from "./portal.ts";
import styles from "./Tooltip.module.css";

interface Props {
  readonly text: ReactNode;
  readonly keys?: string;
  /** One element that takes a ref. */
  readonly children: ReactElement;
}

/** Words for what is only drawn or shortened. Never the only place of something a person needs to decide. */
export function Tooltip({ text, keys, children }: Props) {
  const container = usePortal();
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal container={container}>
        <Radix.Content className={styles.tooltip} sideOffset={6} collisionPadding={8}>
          <span>{text}</span>
          {keys !== undefined && <Keys keys={keys} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Around every page: after the first tooltip the next ones come at once. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={400} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  );
}
