import type { FormField } from "../../../main/areas/questions/contract.ts";
import { visibleText } from "../../../main/contract/visible-text.ts";
import { Field, Input, Select, Switch } from "../../ui/Field.tsx";
import type { FieldValue } from "./drafts.ts";
import styles from "./Question.module.css";

interface Props {
  readonly fields: readonly FormField[];
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly onChange: (name: string, value: FieldValue) => void;
}

/** A small form, field by field. What is missing keeps it from being sent; all else is said when it is. */
export function FormFields({ fields, values, onChange }: Props) {
  return (
    <div className={styles.fields}>
      {fields.map((field) => (
        <Field
          key={field.name}
          label={
            <>
              <bdi>{visibleText(field.label)}</bdi>
              {!field.isRequired && field.type !== "boolean" && (
                <span className={styles.default}> may be left out</span>
              )}
            </>
          }
          {...hintOf(field)}
        >
          <Control
            field={field}
            value={values[field.name] ?? ""}
            onChange={(to) => onChange(field.name, to)}
          />
        </Field>
      ))}
    </div>
  );
}

const hintOf = ({ description }: FormField) =>
  description === null ? {} : { hint: visibleText(description) };

interface ControlProps {
  readonly field: FormField;
  readonly value: FieldValue;
  readonly onChange: (value: FieldValue) => void;
}

function Control({ field, value, onChange }: ControlProps) {
  switch (field.type) {
    case "boolean":
      return <Switch checked={value === true} onChange={onChange} />;
    case "choice":
      return (
        <Select value={String(value)} onChange={(event) => onChange(event.target.value)}>
          <option value="">{field.isRequired ? "Choose…" : "None"}</option>
          {field.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {visibleText(choice.label)}
            </option>
          ))}
        </Select>
      );
    case "number":
    case "integer":
      return (
        <Input
          inputMode="decimal"
          type="number"
          step={field.type === "integer" ? 1 : "any"}
          {...(field.minimum === null ? {} : { min: field.minimum })}
          {...(field.maximum === null ? {} : { max: field.maximum })}
          value={String(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "string":
      return (
        <Input
          {...(field.maxLength === null ? {} : { maxLength: field.maxLength })}
          {...(field.format === "date" ? { type: "date" } : {})}
          value={String(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
