import type { KeepRule } from "../../../main/areas/memories/settings/contract.ts";
import { calls } from "./calls.ts";
import { ClientRules } from "./ClientRules.tsx";
import { Group } from "./Group.tsx";
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

const saveClients = (clients: Rules) => calls.changeSettings({ memories: { clients } });

const Clients = ({ clients }: { readonly clients: Rules }) => (
  <ClientRules
    description="For a client of this name, or every client whose name begins so up to the first colon. Clients choose their names themselves."
    rules={clients}
    options={rules}
    first="ask"
    nameLabel="Name of the client"
    placeholder="claude-code"
    save={saveClients}
  />
);
