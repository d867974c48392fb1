import { DropdownMenu } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { Keys } from "./Kbd.tsx";
import styles from "./Menu.module.css";
import { usePortal } from "./portal.ts";
import { classNames } from "./class-names.ts";

interface MenuProps {
  /** One button that takes a ref. */
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly align?: "start" | "center" | "end";
}

export function Menu({ trigger, children, align = "start" }: MenuProps) {
  const container = usePortal();
  return (
    // A modal menu would lock scrolling through an injected style element, which the pages' policy forbids.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content className={styles.menu} align={align} sideOffset={4} collisionPadding={8}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  readonly onSelect: () => void;
  readonly icon?: ReactNode;
  readonly keys?: string;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
}

export function MenuItem({
  onSelect,
  icon,
  keys,
  isDanger = false,
  isDisabled = false,
  children,
}: ItemProps) {
  return (
    <DropdownMenu.Item
      className={classNames(styles.item, isDanger && styles.danger)}
      onSelect={onSelect}
      disabled={isDisabled}
    >
      {icon}
      <span className={styles.text}>{children}</span>
      {keys !== undefined && <Keys keys={keys} />}
    </DropdownMenu.Item>
  );
}

export const MenuSeparator = () => <DropdownMenu.Separator className={styles.separator} />;
