import { useCallback, useState } from "react";
import type { Tier } from "../../../main/areas/permissions/settings/contract.ts";
import type { Settings } from "./sections.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { ClientRules } from "./ClientRules.tsx";
import { Group, SaveNote } from "./Group.tsx";
import styles from "./PermissionSection.module.css";
import { useSaving } from "./saving.ts";
import { ChoiceSetting } from "./setting-fields.tsx";
import { calls } from "./calls.ts";

const waits = [
  { value: "1m", label: "1 minute" },
  { value: "5m", label: "5 minutes" },
  { value: "10m", label: "10 minutes" },
  { value: "30m", label: "30 minutes" },
  { value: "1h", label: "1 hour" },
  { value: "8h", label: "8 hours" },
  { value: "0", label: "As long as it takes" },
] as const;

const tiers: readonly { readonly value: Tier; readonly label: string; readonly words: string }[] = [
  {
    value: "prompt",
    label: "Ask me",
    words: "Whatever needs permission waits for your answer or a grant you gave.",
  },
  {
    value: "read_only",
    label: "Read only",
    words: "Agents may read. Whatever needs permission is denied at once, and they are told why.",
  },
  {
    value: "trusted",
    label: "Trusted",
    words: "Everything runs without asking. It is still on record in the history.",
  },
];

export function PermissionSection({ settings }: { readonly settings: Settings }) {
  const { timeout, defaultTier, channels } = settings.permissions;
  return (
    <>
      <Group title="Waiting for you">
        <ChoiceSetting
          label="A request waits"
          hint="Then it expires: the agent is told that nobody answered, and nothing runs."
          value={timeout}
          change={(chosen) => ({ permissions: { timeout: chosen } })}
          options={waits}
        />
      </Group>
      <DefaultTier tier={defaultTier} />
      <Channels channels={channels} />
    </>
  );
}

function DefaultTier({ tier }: { readonly tier: Tier }) {
  const save = useCallback(
    (chosen: Tier) => calls.changeSettings({ permissions: { defaultTier: chosen } }),
    [],
  );
  const { value, state, change } = useSaving(tier, save);
  const [isConfirming, setIsConfirming] = useState(false);
  return (
    <Group
      title="What agents may do"
      description={
        <>
          The rule for everyone who has no rule of their own. <SaveNote state={state} />
        </>
      }
    >
      <fieldset className={styles.tiers} aria-label="What agents may do">
        {tiers.map((each) => (
          <label key={each.value} className={styles.tier}>
            <input
              type="radio"
              name="tier"
              checked={each.value === value}
              onChange={() => (each.value === "trusted" ? setIsConfirming(true) : void change(each.value))}
            />
            <span className={styles.words}>
              <span className={styles.label}>{each.label}</span>
              <span className={styles.hint}>{each.words}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {state.kind === "failed" && <ErrorNote title="The rule is as before." error={state.error} />}
      {isConfirming && (
        <ConfirmTrust
          onClose={() => setIsConfirming(false)}
          onConfirm={() => {
            setIsConfirming(false);
            void change("trusted");
          }}
        />
      )}
    </Group>
  );
}

interface ConfirmTrustProps {
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

function ConfirmTrust({ onClose, onConfirm }: ConfirmTrustProps) {
  return (
    <Dialog
      title="Let everything run without asking?"
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Keep asking</Button>
          <Button look="deny" onClick={onConfirm}>
            Trust every agent
          </Button>
        </>
      }
    >
      <p>
        Every agent that has no rule of its own could run commands and change files at once. You would see it
        in the history afterwards, not before.
      </p>
    </Dialog>
  );
}

type Rules = Readonly<Record<string, Tier>>;

const saveChannels = (channels: Rules) => calls.changeSettings({ permissions: { channels } });

const Channels = ({ channels }: { readonly channels: Rules }) => (
  <ClientRules
    description={
      <>
        For every client or session whose name begins so, up to the first colon: <code>telegram</code> stands
        for <code>telegram:42</code>. Clients choose their names themselves, so trust one only if you trust
        every client that has a key.
      </>
    }
    rules={channels}
    options={tiers}
    first="prompt"
    keyOf={(typed) => typed.replace(/:.*$/, "")}
    after=":"
    nameLabel="Beginning of the name"
    placeholder="telegram"
    save={saveChannels}
  />
);
