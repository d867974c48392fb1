import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";
import styles from "./TextButton.module.css";

/** A button that looks like a link in a line of text. */
export const TextButton = ({ className, ...rest }: Omit<ComponentProps<"button">, "type">) => (
  <button type="button" className={classNames(styles.button, className)} {...rest} />
);
