import styles from "./Kbd.module.css";
import { isMac } from "./platform.ts";

const signs: Readonly<Record<string, string>> = {
  mod: isMac ? "⌘" : "Ctrl",
  shift: isMac ? "⇧" : "Shift",
  alt: isMac ? "⌥" : "Alt",
  enter: "⏎",
  backspace: "⌫",
  escape: "Esc",
  space: "Space",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
};

export const keySign = (key: string) => signs[key.toLowerCase()] ?? key.toUpperCase();

/** `keys` as shortcuts write them: `mod+k`, `j`, `?`. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className={styles.keys}>
      {keys.split("+").map((key) => (
        <Kbd key={key}>{keySign(key)}</Kbd>
      ))}
    </span>
  );
}

export function Kbd({ children }: { readonly children: string }) {
  return <kbd className={styles.kbd}>{children}</kbd>;
}
