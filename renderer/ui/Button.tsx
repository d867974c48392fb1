import type { ComponentProps, ReactNode } from "react";
import styles from "./Button.module.css";
import { classNames } from "./class-names.ts";

type Look = "plain" | "quiet" | "primary" | "allow" | "allowMild" | "allowGrave" | "deny" | "danger";

interface Props extends ComponentProps<"button"> {
  /**
   * `allow` is filled green, `allowMild` and `allowGrave` are less inviting the more is at stake; `deny` is red words,
   * `danger` filled red for what cannot be undone.
   */
  readonly look?: Look;
  readonly size?: "small" | "medium";
  readonly icon?: ReactNode;
  /** Says what is going on and refuses clicks meanwhile, without losing the focus. */
  readonly isBusy?: boolean;
}

export function Button({
  look = "plain",
  size = "medium",
  icon,
  isBusy = false,
  className,
  children,
  onClick,
  ...rest
}: Props) {
  return (
    <button
      type="button"
      className={classNames(styles.button, styles[look], styles[size], className)}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? undefined : onClick}
      {...rest}
    >
      {icon}
      {children !== undefined && <span className={styles.label}>{children}</span>}
    </button>
  );
}
