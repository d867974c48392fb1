import { RadioGroup } from "radix-ui";
import styles from "./Segmented.module.css";

interface Props<Value extends string> {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  readonly label: string;
}

/** A few choices that exclude each other, all in sight: filters, grouping. */
export function Segmented<Value extends string>({ value, options, onChange, label }: Props<Value>) {
  return (
    <RadioGroup.Root
      className={styles.group}
      value={value}
      onValueChange={(chosen) => onChange(chosen as Value)}
      aria-label={label}
      orientation="horizontal"
    >
      {options.map((option) => (
        <RadioGroup.Item key={option.value} value={option.value} className={styles.item}>
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
