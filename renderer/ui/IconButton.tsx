import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";
import styles from "./IconButton.module.css";
import { Tooltip } from "./Tooltip.tsx";

interface Props extends Omit<ComponentProps<"button">, "children"> {
  readonly icon: LucideIcon;
  /** Read aloud and shown on hover. */
  readonly label: string;
  readonly keys?: string;
}

export function IconButton({ icon: Icon, label, keys, className, ...rest }: Props) {
  return (
    <Tooltip text={label} {...(keys === undefined ? {} : { keys })}>
      <button type="button" aria-label={label} className={classNames(styles.button, className)} {...rest}>
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </button>
    </Tooltip>
  );
}
