import { Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button } from "../../ui/Button.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { Input, Select } from "../../ui/Field.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import styles from "./ClientRules.module.css";
import { Group, SaveNote } from "./Group.tsx";
import { useSaving } from "./saving.ts";
import type { Settings } from "./sections.ts";

interface Props<Rule extends string> {
  readonly description: ReactNode;
  readonly rules: Readonly<Record<string, Rule>>;
  readonly options: readonly { readonly value: Rule; readonly label: string }[];
  /** What a rule says when it is added. */
  readonly first: Rule;
  /** The name a rule is kept under, of what was typed in lower case. Left out: that itself. */
  readonly keyOf?: (typed: string) => string;
  /** Stands behind each name. */
  readonly after?: string;
  readonly nameLabel: string;
  readonly placeholder: string;
  /** The same function each time. */
  readonly save: (rules: Readonly<Record<string, Rule>>) => Promise<Settings>;
}

/** Rules for clients by their names: changed, removed and added, each saved at once. */
export function ClientRules<Rule extends string>(props: Props<Rule>) {
  const { description, options, first, keyOf = (typed) => typed, after = "", nameLabel, placeholder } = props;
  const { value, state, change } = useSaving(props.rules, props.save);
  const [name, setName] = useState("");
  const client = keyOf(name.trim().toLowerCase());
  const isKnown = Object.hasOwn(value, client);
  const add = () => {
    if (client === "" || isKnown) return;
    setName("");
    void change({ ...value, [client]: first });
  };
  const remove = (key: string) =>
    void change(Object.fromEntries(Object.entries(value).filter(([other]) => other !== key)));
  return (
    <Group
      title="Rules by client"
      description={
        <>
          {description} <SaveNote state={state} />
        </>
      }
    >
      {Object.entries(value).map(([key, rule]) => (
        <div key={key} className={styles.client}>
          <code className={styles.name}>
            {key}
            {after}
          </code>
          <Select
            aria-label={`Rule for ${key}`}
            value={rule}
            onChange={(event) => void change({ ...value, [key]: event.target.value as Rule })}
          >
            {options.map((each) => (
              <option key={each.value} value={each.value}>
                {each.label}
              </option>
            ))}
          </Select>
          <IconButton icon={Trash2} label={`Remove the rule for ${key}`} onClick={() => remove(key)} />
        </div>
      ))}
      <form
        className={styles.client}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Input
          aria-label={nameLabel}
          placeholder={placeholder}
          isCode
          className={styles.name}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" disabled={client === "" || isKnown}>
          {isKnown ? "Has a rule" : "Add a rule"}
        </Button>
      </form>
      {state.kind === "failed" && <ErrorNote title="The rules are as before." error={state.error} />}
    </Group>
  );
}
