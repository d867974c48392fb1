import { Trash2 } from "lucide-react";
import { useCallback, useState } from "react";
import type { KeepRule } from "../../../main/areas/memories/settings/contract.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { Input, Select } from "../../ui/Field.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { calls } from "./calls.ts";
import { Group, SaveNote } from "./Group.tsx";
import styles from "./PermissionSection.module.css";
import { useSaving } from "./saving.ts";
import type { Settings } from "./sections.ts";
import { ChoiceSetting, SwitchSetting } from "./setting-fields.tsx";

const rules: readonly { readonly value: KeepRule; readonly label: string }[] = [
  { value: "ask", label: "Ask me" },
  { value: "always", label: "Always" },
  { value: "never", label: "Never" },
];

const budgets = [
  { value: "0", label: "Nothing" },
  { value: "500", label: "500 tokens" },
  { value: "1000", label: "1,000 tokens" },
  { value: "2000", label: "2,000 tokens" },
  { value: "4000", label: "4,000 tokens" },
];

export function MemorySection({ settings }: { readonly settings: Settings }) {
  const { enabled, keep, clients, contextTokens } = settings.memories;
  return (
    <>
      <Group title="Memory">
        <SwitchSetting
          label="Agents use Memory"
          hint="Off: they can keep nothing and are told of nothing. What is kept stays."
          value={enabled}
          change={(chosen) => ({ memories: { enabled: chosen } })}
        />
        <ChoiceSetting
          label="Runs are told at most"
          hint="What is pinned goes first, then what has to do with the prompt. It is sent to the model that the run uses."
          value={String(contextTokens)}
          change={(chosen) => ({ memories: { contextTokens: Number(chosen) } })}
          options={budgets}
        />
        <ChoiceSetting
          label="An agent may keep something"
          hint="For everyone who has no rule of their own. What looks like a secret is asked about in any case."
          value={keep}
          change={(chosen) => ({ memories: { keep: chosen } })}
          options={rules}
        />
      </Group>
      <Clients clients={clients} />
    </>
  );
}

type Rules = Readonly<Record<string, KeepRule>>;

function Clients({ clients }: { readonly clients: Rules }) {
  const save = useCallback((given: Rules) => calls.changeSettings({ memories: { clients: given } }), []);
  const { value, state, change } = useSaving(clients, save);
  const [name, setName] = useState("");
  const client = name.trim().toLowerCase();
  const isKnown = Object.hasOwn(value, client);
  const add = () => {
    if (client === "" || isKnown) return;
    setName("");
    void change({ ...value, [client]: "ask" });
  };
  return (
    <Group
      title="Rules by client"
      description={
        <>
          For a client of this name, or every client whose name begins so up to the first colon. Clients
          choose their names themselves. <SaveNote state={state} />
        </>
      }
    >
      {Object.entries(value).map(([key, rule]) => (
        <div key={key} className={styles.channel}>
          <code className={styles.name}>{key}</code>
          <Select
            aria-label={`Rule for ${key}`}
            value={rule}
            onChange={(event) => void change({ ...value, [key]: event.target.value as KeepRule })}
          >
            {rules.map((each) => (
              <option key={each.value} value={each.value}>
                {each.label}
              </option>
            ))}
          </Select>
          <IconButton
            icon={Trash2}
            label={`Remove the rule for ${key}`}
            onClick={() =>
              void change(Object.fromEntries(Object.entries(value).filter(([other]) => other !== key)))
            }
          />
        </div>
      ))}
      <form
        className={styles.channel}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Input
          aria-label="Name of the client"
          placeholder="claude-code"
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
