import { useState } from "react";
import type { AccessScope } from "../../../main/contract/principal.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { Field, Input, Select } from "../../ui/Field.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import styles from "./Access.module.css";
import { calls } from "./calls.ts";
import { MadeKey } from "./MadeKey.tsx";
import { RightChoices } from "./RightChoices.tsx";
import { isPowerful, PRESETS, scopesSentence, type Preset } from "./scope-words.ts";
import { useKeys, withKey } from "./store.ts";

const DAY_MS = 86_400_000;
const LIFETIMES = [
  { days: 7, label: "After a week" },
  { days: 30, label: "After 30 days" },
  { days: 90, label: "After 90 days" },
  { days: 365, label: "After a year" },
  { days: 0, label: "Never" },
] as const;

interface Props {
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

/** Makes a key, and then shows it: the dialog is the only place where it is ever to be seen. */
export function NewKeyDialog({ taken, onClose }: Props) {
  const [name, setName] = useState("");
  const [preset, setPreset] = useState<Preset["id"]>("ask");
  const [custom, setCustom] = useState<readonly AccessScope[]>(["ask", "follow", "run"]);
  const [days, setDays] = useState(90);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const [made, setMade] = useState<{ readonly name: string; readonly token: string } | null>(null);

  if (made !== null) return <MadeKey name={made.name} token={made.token} onClose={onClose} />;

  const scopes = preset === "custom" ? custom : (PRESETS.find(({ id }) => id === preset)?.scopes ?? []);
  const nameError = taken.includes(name.trim()) ? "There is a key of this name already." : null;
  const canMake = name.trim() !== "" && nameError === null && scopes.length > 0;

  const make = async () => {
    setBusy(true);
    setError(null);
    try {
      const expiry = days === 0 ? {} : { expiresInMs: days * DAY_MS };
      const { key, token } = await calls.createKey({ name, scopes: [...scopes], ...expiry });
      useKeys.update((keys) => withKey(keys, key));
      setMade({ name: key.name, token });
    } catch (caught) {
      setError(asCallError(caught));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      title="Make a key"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" isBusy={isBusy} disabled={!canMake} onClick={() => void make()}>
            Make the key
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Field label="Name" hint="Stands in the history for what is done with this key." error={nameError}>
          <Input
            value={name}
            maxLength={60}
            placeholder="claude-code on this laptop"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Rights" hint={capitalised(`${scopesSentence(scopes)}.`)}>
          <Segmented
            label="Rights"
            value={preset}
            onChange={setPreset}
            options={PRESETS.map(({ id, label }) => ({ value: id, label }))}
          />
        </Field>
        {preset === "custom" && <RightChoices chosen={custom} onChange={setCustom} />}
        {isPowerful(scopes) && (
          <p className={styles.warning}>
            Whoever has this key does what otherwise only you do. Give it to nothing that you would not let
            answer for you.
          </p>
        )}
        <Field label="Ends">
          <Select value={String(days)} onChange={(event) => setDays(Number(event.target.value))}>
            {LIFETIMES.map((lifetime) => (
              <option key={lifetime.days} value={lifetime.days}>
                {lifetime.label}
              </option>
            ))}
          </Select>
        </Field>
        {error !== null && <ErrorNote title="No key was made." error={error} />}
      </div>
    </Dialog>
  );
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
