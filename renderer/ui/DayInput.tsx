import { CalendarX } from "lucide-react";
import styles from "./DayInput.module.css";
import { IconButton } from "./IconButton.tsx";

interface Props {
  /** "2026-03-29", or "" for any day. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
}

/** Narrows a list to one day. */
export function DayInput({ value, onChange, label }: Props) {
  return (
    <div className={styles.day}>
      <input
        type="date"
        aria-label={label}
        title={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {value !== "" && <IconButton icon={CalendarX} label="Any day" onClick={() => onChange("")} />}
    </div>
  );
}
