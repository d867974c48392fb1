import type { ReactNode } from "react";
import { TriangleAlert } from "lucide-react";
import styles from "./Banner.module.css";

/** One line above every page about what must not be overlooked, with what can be done about it. */
export function Banner({ words, children }: { readonly words: string; readonly children?: ReactNode }) {
  return (
    <div className={styles.banner} role="alert">
      <TriangleAlert size={16} aria-hidden />
      <span>{words}</span>
      {children}
    </div>
  );
}
