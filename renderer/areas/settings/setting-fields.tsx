import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import type { Settings, SettingsContract } from "./sections.ts";
import type { Client } from "../../../main/contract/define.ts";
import { Field, Input, Select, Switch } from "../../ui/Field.tsx";
import { saveError, SaveNote } from "./Group.tsx";
import { useSaving } from "./saving.ts";
import { calls } from "./calls.ts";

export type SettingsChange = Parameters<Client<SettingsContract>["changeSettings"]>[0];

interface SettingProps<T> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly value: T;
  /** What to send for a chosen value. */
  readonly change: (value: T) => SettingsChange;
}

/** Sends one setting; `change` may be made anew with each render. */
function useSetting<T>(value: T, change: (value: T) => SettingsChange) {
  const latest = useRef(change);
  latest.current = change;
  const save = useCallback(
    (chosen: T): Promise<Settings> => calls.changeSettings(latest.current(chosen)),
    [],
  );
  return useSaving(value, save);
}

export function SwitchSetting({ label, hint, value, change }: SettingProps<boolean>) {
  const { value: shown, state, change: save } = useSetting(value, change);
  return (
    <Field label={label} hint={hint} error={saveError(state)} layout="row">
      <SaveNote state={state} />
      <Switch checked={shown} onChange={(checked) => void save(checked)} />
    </Field>
  );
}

interface ChoiceProps<T extends string> extends SettingProps<T> {
  readonly options: readonly { readonly value: T; readonly label: string }[];
}

export function ChoiceSetting<T extends string>({ label, hint, value, change, options }: ChoiceProps<T>) {
  const { value: shown, state, change: save } = useSetting(value, change);
  // A value that only the file could hold is still a choice.
  const known = options.some((option) => option.value === shown);
  return (
    <Field label={label} hint={hint} error={saveError(state)} layout="row">
      <SaveNote state={state} />
      <Select value={shown} onChange={(event) => void save(event.target.value as T)}>
        {!known && <option value={shown}>{shown}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </Field>
  );
}

interface TextProps extends SettingProps<string> {
  readonly isCode?: boolean;
  readonly placeholder?: string;
}

/** Saved on Enter and when the field is left; Esc takes back what was typed. */
export function TextSetting({ label, hint, value, change, isCode = false, placeholder }: TextProps) {
  const { value: shown, state, change: save } = useSetting(value, change);
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped(shown), [shown]);
  const commit = () => {
    const text = typed.trim();
    if (text === "" || text === shown) setTyped(shown);
    else void save(text);
  };
  return (
    <Field
      label={
        <>
          {label} <SaveNote state={state} />
        </>
      }
      hint={hint}
      error={saveError(state)}
    >
      <Input
        value={typed}
        isCode={isCode}
        placeholder={placeholder}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
          if (event.key === "Escape") setTyped(shown);
        }}
      />
    </Field>
  );
}

interface AmountProps extends SettingProps<number | null> {
  /** What it is without a number. */
  readonly placeholder: string;
}

/** A number; an empty field is none. Saved on Enter and when the field is left; Esc takes back what was typed. */
export function AmountSetting({ label, hint, placeholder, value, change }: AmountProps) {
  const { value: shown, state, change: save } = useSetting(value, change);
  const asText = shown === null ? "" : String(shown);
  const [typed, setTyped] = useState(asText);
  useEffect(() => setTyped(asText), [asText]);
  const commit = () => {
    if (typed === asText) return;
    void save(typed.trim() === "" ? null : Number(typed));
  };
  return (
    <Field label={label} hint={hint} error={saveError(state)} layout="row">
      <SaveNote state={state} />
      <Input
        type="number"
        inputMode="decimal"
        min="0"
        step="any"
        placeholder={placeholder}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
          if (event.key === "Escape") setTyped(asText);
        }}
      />
    </Field>
  );
}
