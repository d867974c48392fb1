import { Plus } from "lucide-react";
import { useState } from "react";
import type { Provider } from "../../../../main/areas/settings/contract.ts";
import type { Settings } from "../sections.ts";
import { Button } from "../../../ui/Button.tsx";
import { Group } from "../Group.tsx";
import { ProviderDialog } from "./ProviderDialog.tsx";
import { ProviderRow } from "./ProviderRow.tsx";
import styles from "./ProviderSection.module.css";

const order = { settings: 0, discovered: 1, built_in: 2 } as const;

/** Models that runs of this machine can use. */
export function ProviderSection({ settings }: { readonly settings: Settings }) {
  const [edited, setEdited] = useState<Provider | "new" | null>(null);
  const providers = settings.providers.toSorted((a, b) => order[a.source] - order[b.source]);
  const hasModel = providers.some(({ type }) => type !== "playbook");
  return (
    <>
      <Group
        description={
          hasModel
            ? "Runs use the default provider unless they name another. A model server that runs on this machine is found by itself."
            : "No model is set up. Gatehouse guards your agents without one; a model is only needed for runs inside Gatehouse. A running Ollama or LM Studio is found by itself."
        }
      >
        {providers.map((provider) => (
          <ProviderRow key={provider.alias} provider={provider} onEdit={() => setEdited(provider)} />
        ))}
        <div className={styles.add}>
          <Button icon={<Plus size={16} aria-hidden />} onClick={() => setEdited("new")}>
            Add a provider
          </Button>
        </div>
      </Group>
      {edited !== null && (
        <ProviderDialog
          provider={edited === "new" ? null : edited}
          taken={settings.providers.map(({ alias }) => alias)}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}
