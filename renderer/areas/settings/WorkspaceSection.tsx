import { X } from "lucide-react";
import { useCallback, useState } from "react";
import type { Settings } from "./sections.ts";
import { Field, Input } from "../../ui/Field.tsx";
import { Button } from "../../ui/Button.tsx";
import { PathLink } from "../../ui/PathLink.tsx";
import { Group, saveError, SaveNote } from "./Group.tsx";
import { useSaving } from "./saving.ts";
import { SwitchSetting, TextSetting } from "./setting-fields.tsx";
import styles from "./WorkspaceSection.module.css";
import { calls } from "./calls.ts";

export function WorkspaceSection({ settings }: { readonly settings: Settings }) {
  const { coding, workspace } = settings;
  return (
    <>
      <Group title="Workspace">
        <div className={styles.text}>
          <TextSetting
            label="Folder"
            hint={
              <>
                Agents read and write here and nowhere else. Now: <PathLink path={workspace} />
              </>
            }
            value={workspace}
            change={(folder) => ({ workspace: folder })}
            isCode
          />
        </div>
      </Group>
      <Group title="Tools">
        <SwitchSetting
          label="Tools for files and programs"
          hint="Reading, writing and editing files, searching, and running programs. Writing and running always go through the gate."
          value={coding.enabled}
          change={(enabled) => ({ coding: { enabled } })}
        />
        <SwitchSetting
          label="Replace whole files"
          hint="Off: an agent may create files and edit them, but not overwrite one."
          value={coding.allowOverwrite}
          change={(allowOverwrite) => ({ coding: { allowOverwrite } })}
        />
        <AllowedPrograms programs={coding.allowBinaries} />
      </Group>
    </>
  );
}

const programName = /^[\w.+-]+$/;

/** Names an agent may ask to run at all. Each call is still asked for. */
function AllowedPrograms({ programs }: { readonly programs: readonly string[] }) {
  const save = useCallback(
    (allowBinaries: readonly string[]) =>
      calls.changeSettings({ coding: { allowBinaries: [...allowBinaries] } }),
    [],
  );
  const { value, state, change } = useSaving(programs, save);
  const [typed, setTyped] = useState("");
  const names = typed.split(/[\s,]+/).filter((name) => name !== "");
  const wrong = names.find((name) => !programName.test(name));
  const add = () => {
    if (names.length === 0 || wrong !== undefined) return;
    setTyped("");
    void change([...new Set([...value, ...names])]);
  };
  return (
    <div className={styles.text}>
      <Field
        label={
          <>
            More programs <SaveNote state={state} />
          </>
        }
        hint="Agents may ask to run the usual ones, such as git, node, npm and python, and those you add here. Others are refused without asking."
        error={
          wrong === undefined
            ? saveError(state)
            : `“${wrong}” is not the name of a program. Give the name without its folder.`
        }
      >
        <Input
          value={typed}
          isCode
          placeholder="cargo"
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && add()}
        />
        <Button onClick={add} disabled={names.length === 0 || wrong !== undefined}>
          Add
        </Button>
      </Field>
      <ul className={styles.programs} aria-label="More programs">
        {value.map((name) => (
          <li key={name} className={styles.program}>
            <code>{name}</code>
            <button
              type="button"
              aria-label={`Remove ${name}`}
              onClick={() => void change(value.filter((other) => other !== name))}
            >
              <X size={12} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
