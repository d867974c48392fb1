import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import styles from "./CheckBox.module.css";

interface Props {
  readonly isChecked: boolean;
  /** Some of what it stands for is checked. */
  readonly isMixed?: boolean;
  readonly onChange: () => void;
  readonly label: string;
}

export function CheckBox({ isChecked, isMixed = false, onChange, label }: Props) {
  return (
    <Radix.Root
      className={styles.box}
      checked={isChecked ? true : isMixed ? "indeterminate" : false}
      onCheckedChange={onChange}
      onClick={(event) => event.stopPropagation()}
      aria-label={label}
    >
      <Radix.Indicator className={styles.sign}>
        {isChecked ? <Check size={12} strokeWidth={3} /> : <Minus size={12} strokeWidth={3} />}
      </Radix.Indicator>
    </Radix.Root>
  );
}
