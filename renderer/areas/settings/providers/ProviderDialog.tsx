import { useId, useState } from "react";
import type { Provider } from "../../../../main/areas/settings/contract.ts";
import { asCallError, type CallError } from "../../../client/errors.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNote } from "../../../ui/ErrorNote.tsx";
import { Field, Input, Select } from "../../../ui/Field.tsx";
import { useSettings } from "../store.ts";
import {
  aliasProblem,
  freeAlias,
  kindOf,
  providerKinds,
  urlProblem,
  type ProviderKind,
} from "./provider-kinds.ts";
import { TestNote } from "./ProviderRow.tsx";
import styles from "./ProviderSection.module.css";
import { calls } from "../calls.ts";

type TestResult = Awaited<ReturnType<typeof calls.testProvider>>;
type KeyPlace = "stored" | "environment" | "none";

interface Form {
  readonly kind: ProviderKind;
  readonly alias: string;
  readonly baseUrl: string;
  readonly model: string;
  readonly keyPlace: KeyPlace;
  /** What was typed; "" keeps the stored key. */
  readonly apiKey: string;
  readonly apiKeyEnv: string;
}

const firstKind = providerKinds[0] as ProviderKind;

function begin(provider: Provider | null, taken: readonly string[]): Form {
  if (provider === null) return ofKind(firstKind, taken);
  return {
    kind: kindOf(provider) ?? firstKind,
    alias: provider.alias,
    baseUrl: provider.baseUrl ?? "",
    model: provider.model ?? "",
    keyPlace: provider.apiKeyEnv !== null ? "environment" : provider.hasKey ? "stored" : "none",
    apiKey: "",
    apiKeyEnv: provider.apiKeyEnv ?? "",
  };
}

const ofKind = (kind: ProviderKind, taken: readonly string[]): Form => ({
  kind,
  alias: freeAlias(kind.alias, taken),
  baseUrl: kind.baseUrl,
  model: "",
  keyPlace: kind.needsKey ? "stored" : "none",
  apiKey: "",
  apiKeyEnv: "",
});

interface Props {
  /** Null: a new one. */
  readonly provider: Provider | null;
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

/** A key goes in and never comes out: the field only says whether one is stored. */
export function ProviderDialog({ provider, taken, onClose }: Props) {
  const [form, setForm] = useState(() => begin(provider, taken));
  const [busy, setBusy] = useState<"saving" | "testing" | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  const [result, setResult] = useState<TestResult | null>(null);
  const [saved, setSaved] = useState(provider);
  const modelsId = useId();

  const set = (change: Partial<Form>) => {
    setForm((now) => ({ ...now, ...change }));
    setResult(null);
  };
  const isNew = saved === null;
  const problems = {
    alias: isNew ? aliasProblem(form.alias, taken) : null,
    baseUrl: urlProblem(form.baseUrl),
  };
  const needsUrl = form.kind.type === "openai-compatible" && form.baseUrl === "";
  const canSave =
    form.alias !== "" &&
    !needsUrl &&
    problems.alias === null &&
    problems.baseUrl === null &&
    (form.keyPlace !== "environment" || form.apiKeyEnv !== "");

  const save = async (): Promise<boolean> => {
    setError(null);
    setBusy("saving");
    try {
      const settings = await calls.saveProvider({
        alias: form.alias,
        type: form.kind.type,
        baseUrl: form.baseUrl === "" ? null : form.baseUrl,
        model: form.model.trim() === "" ? null : form.model.trim(),
        apiKeyEnv: form.keyPlace === "environment" ? form.apiKeyEnv.trim() : null,
        ...keyChange(form),
      });
      useSettings.update(() => settings);
      setSaved(settings.providers.find(({ alias }) => alias === form.alias) ?? null);
      setForm((now) => ({ ...now, apiKey: "" }));
      return true;
    } catch (caught) {
      setError(asCallError(caught));
      return false;
    } finally {
      setBusy(null);
    }
  };
  const saveAndTest = async () => {
    if (!(await save())) return;
    setBusy("testing");
    try {
      setResult(await calls.testProvider({ alias: form.alias }));
    } catch (caught) {
      setError(asCallError(caught));
    } finally {
      setBusy(null);
    }
  };

  return (
    <Dialog
      title={provider === null ? "Add a provider" : `Edit ${provider.alias}`}
      onClose={onClose}
      footer={
        <>
          <Button
            disabled={!canSave && busy === null}
            isBusy={busy !== null}
            onClick={() => void saveAndTest()}
          >
            {busy === "testing" ? "Testing…" : "Save and test"}
          </Button>
          <Button
            look="primary"
            disabled={!canSave && busy === null}
            isBusy={busy === "saving"}
            onClick={() => void save().then((ok) => ok && onClose())}
          >
            Save
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (canSave && busy === null) void save().then((ok) => ok && onClose());
        }}
      >
        <div className={styles.pair}>
          <Field label="Kind">
            <Select
              className={styles.wide}
              value={form.kind.id}
              disabled={!isNew}
              onChange={(event) => {
                const kind = providerKinds.find(({ id }) => id === event.target.value);
                if (kind !== undefined) setForm(ofKind(kind, taken));
              }}
            >
              {providerKinds.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Name" error={problems.alias}>
            <Input
              value={form.alias}
              readOnly={!isNew}
              maxLength={64}
              isCode
              onChange={(event) => set({ alias: event.target.value })}
            />
          </Field>
        </div>
        <Field
          label="Address"
          error={problems.baseUrl}
          hint={form.kind.type === "anthropic" ? "Empty: Anthropic’s own." : undefined}
        >
          <Input
            type="url"
            value={form.baseUrl}
            isCode
            placeholder={
              form.kind.type === "anthropic" ? "https://api.anthropic.com" : "http://127.0.0.1:8000/v1"
            }
            onChange={(event) => set({ baseUrl: event.target.value.trim() })}
          />
        </Field>
        <Field
          label="Model"
          hint={
            result?.models.length
              ? `${result.models.length} models offered.`
              : "The test lists what is offered."
          }
        >
          <Input
            value={form.model}
            isCode
            list={modelsId}
            maxLength={200}
            placeholder={form.kind.modelExample}
            onChange={(event) => setForm((now) => ({ ...now, model: event.target.value }))}
          />
        </Field>
        <datalist id={modelsId}>
          {result?.models.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <KeyFields form={form} hasKey={saved?.hasKey === true && saved.apiKeyEnv === null} set={set} />
        {error !== null && <ErrorNote title="The provider was not saved." error={error} />}
        {result !== null && <TestNote result={result} />}
      </form>
    </Dialog>
  );
}

/** An absent key keeps the stored one; an empty one removes it. */
function keyChange({ keyPlace, apiKey }: Form): { apiKey?: string } {
  if (keyPlace !== "stored") return { apiKey: "" };
  return apiKey === "" ? {} : { apiKey };
}

interface KeyProps {
  readonly form: Form;
  readonly hasKey: boolean;
  readonly set: (change: Partial<Form>) => void;
}

function KeyFields({ form, hasKey, set }: KeyProps) {
  return (
    <div className={styles.pair}>
      <Field label="Key">
        <Select
          className={styles.wide}
          value={form.keyPlace}
          onChange={(event) => set({ keyPlace: event.target.value as KeyPlace, apiKey: "" })}
        >
          <option value="stored">Stored by Gatehouse</option>
          <option value="environment">From the environment</option>
          <option value="none">None</option>
        </Select>
      </Field>
      {form.keyPlace === "stored" && (
        <Field
          label="API key"
          hint="Never shown again. Kept in the keychain of this computer, or in settings.json where there is none."
        >
          <Input
            type="password"
            autoComplete="new-password"
            value={form.apiKey}
            maxLength={4096}
            placeholder={hasKey ? "Stored. Type to replace it" : "Paste it here"}
            onChange={(event) => set({ apiKey: event.target.value.trim() })}
          />
        </Field>
      )}
      {form.keyPlace === "environment" && (
        <Field label="Variable">
          <Input
            isCode
            value={form.apiKeyEnv}
            maxLength={200}
            placeholder="OPENAI_API_KEY"
            onChange={(event) => set({ apiKeyEnv: event.target.value.trim() })}
          />
        </Field>
      )}
    </div>
  );
}
