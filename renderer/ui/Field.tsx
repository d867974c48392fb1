import { ChevronDown } from "lucide-react";
import { createContext, useContext, useId, useMemo, type ComponentProps, type ReactNode } from "react";
import { Switch as Radix } from "radix-ui";
import { classNames } from "./class-names.ts";
import styles from "./Field.module.css";

interface FieldIds {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
}
const FieldContext = createContext<FieldIds | null>(null);

interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | null;
  /** `row` puts the control at the right, as in settings. */
  readonly layout?: "column" | "row";
  readonly children: ReactNode;
}

/** A label with its control; hint and error are tied to the control for screen readers. */
export function Field({ label, hint, error, layout = "column", children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = Boolean(error) || hint !== undefined;
  const isInvalid = Boolean(error);
  const describedBy = hasNote ? noteId : undefined;
  const ids = useMemo(() => ({ id, describedBy, isInvalid }), [id, describedBy, isInvalid]);
  return (
    <FieldContext.Provider value={ids}>
      <div className={classNames(styles.field, styles[layout])}>
        <div className={styles.words}>
          <label htmlFor={id} className={styles.label}>
            {label}
          </label>
          {layout === "row" && hasNote && <Note id={noteId} hint={hint} error={error} />}
        </div>
        <div className={styles.control}>{children}</div>
        {layout === "column" && hasNote && <Note id={noteId} hint={hint} error={error} />}
      </div>
    </FieldContext.Provider>
  );
}

function Note({ id, hint, error }: { id: string; hint: ReactNode; error: string | null | undefined }) {
  return (
    <div id={id} className={error ? styles.error : styles.hint}>
      {error ?? hint}
    </div>
  );
}

function useFieldProps() {
  const field = useContext(FieldContext);
  if (field === null) return {};
  return {
    id: field.id,
    "aria-describedby": field.describedBy,
    "aria-invalid": field.isInvalid || undefined,
  };
}

interface InputProps extends ComponentProps<"input"> {
  /** For commands, paths and addresses. */
  readonly isCode?: boolean;
}

export function Input({ className, isCode = false, ...rest }: InputProps) {
  return (
    <input
      spellCheck={false}
      autoComplete="off"
      dir="auto"
      {...useFieldProps()}
      className={classNames(styles.input, isCode && styles.code, className)}
      {...rest}
    />
  );
}

export function TextArea({
  className,
  isCode = false,
  ...rest
}: ComponentProps<"textarea"> & { isCode?: boolean }) {
  return (
    <textarea
      spellCheck={false}
      dir="auto"
      {...useFieldProps()}
      className={classNames(styles.input, styles.area, isCode && styles.code, className)}
      {...rest}
    />
  );
}

export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <span className={classNames(styles.select, className)}>
      <select {...useFieldProps()} {...rest}>
        {children}
      </select>
      <ChevronDown size={14} aria-hidden />
    </span>
  );
}

interface SwitchProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly label?: string;
}

/** Acts at once, without a save button. `label` where no Field gives one. */
export function Switch({ checked, onChange, disabled = false, label }: SwitchProps) {
  return (
    <Radix.Root
      {...useFieldProps()}
      className={styles.switch}
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
      aria-label={label}
    >
      <Radix.Thumb className={styles.thumb} />
    </Radix.Root>
  );
}
