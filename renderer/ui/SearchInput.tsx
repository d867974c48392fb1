import { Search, X } from "lucide-react";
import { useRef } from "react";
import { IconButton } from "./IconButton.tsx";
import { Kbd } from "./Kbd.tsx";
import styles from "./SearchInput.module.css";

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
}

/** The search of a list. `/` anywhere in the window brings the focus here; Esc empties it, then leaves. */
export function SearchInput({ value, onChange, label }: Props) {
  const ref = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.search}>
      <Search size={14} aria-hidden />
      <input
        ref={ref}
        data-search
        type="text"
        role="searchbox"
        dir="auto"
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          if (value === "") ref.current?.blur();
          else onChange("");
        }}
      />
      {value === "" ? (
        <Kbd>/</Kbd>
      ) : (
        <IconButton
          icon={X}
          label="Clear"
          onClick={() => {
            onChange("");
            ref.current?.focus();
          }}
        />
      )}
    </div>
  );
}
