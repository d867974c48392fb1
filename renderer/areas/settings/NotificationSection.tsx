import { useCallback } from "react";
import type { Settings } from "./sections.ts";
import { Field, Input, Switch } from "../../ui/Field.tsx";
import { Group, saveError, SaveNote } from "./Group.tsx";
import { useSaving } from "./saving.ts";
import { SwitchSetting } from "./setting-fields.tsx";
import { calls } from "./calls.ts";

export function NotificationSection({ settings }: { readonly settings: Settings }) {
  const { notifications } = settings;
  return (
    <>
      <Group title="When something needs you">
        <SwitchSetting
          label="Show the popup"
          hint="It appears beside the tray, above other windows, and never takes the keyboard from you."
          value={notifications.popup}
          change={(popup) => ({ notifications: { popup } })}
        />
        <SwitchSetting
          label="Send notifications"
          hint="Through your system, with buttons where it has them."
          value={notifications.enabled}
          change={(enabled) => ({ notifications: { enabled } })}
        />
        <SwitchSetting
          label="Play a sound"
          value={notifications.sound}
          change={(sound) => ({ notifications: { sound } })}
        />
        <SwitchSetting
          label="Keep contents private"
          hint="Notifications say who asks and which tool, never the command or the path."
          value={notifications.privacy}
          change={(privacy) => ({ notifications: { privacy } })}
        />
      </Group>
      <Group title="When a run has ended">
        <SwitchSetting
          label="Tell me"
          hint="For runs that took a while, when the window is not in front of you."
          value={notifications.runEnded}
          change={(runEnded) => ({ notifications: { runEnded } })}
        />
      </Group>
      <Group
        title="Quiet hours"
        description="No popup, notification or sound. Requests wait in the inbox and in the tray, and expire as always."
      >
        <QuietHours from={notifications.quietFrom} until={notifications.quietUntil} />
      </Group>
    </>
  );
}

interface Hours {
  readonly quietFrom: string | null;
  readonly quietUntil: string | null;
}

const usualNight: Hours = { quietFrom: "22:00", quietUntil: "07:00" };
const never: Hours = { quietFrom: null, quietUntil: null };

function QuietHours({ from, until }: { readonly from: string | null; readonly until: string | null }) {
  const save = useCallback((hours: Hours) => calls.changeSettings({ notifications: { ...hours } }), []);
  const { value, state, change } = useSaving<Hours>({ quietFrom: from, quietUntil: until }, save);
  const isOn = value.quietFrom !== null && value.quietUntil !== null;
  return (
    <>
      <Field label="Keep quiet every day" error={saveError(state)} layout="row">
        <SaveNote state={state} />
        <Switch checked={isOn} onChange={(on) => void change(on ? usualNight : never)} />
      </Field>
      {isOn && (
        <>
          <Field label="From" layout="row">
            <Input
              type="time"
              required
              value={value.quietFrom ?? ""}
              onChange={(event) =>
                event.target.value !== "" && void change({ ...value, quietFrom: event.target.value })
              }
            />
          </Field>
          <Field label="Until" layout="row">
            <Input
              type="time"
              required
              value={value.quietUntil ?? ""}
              onChange={(event) =>
                event.target.value !== "" && void change({ ...value, quietUntil: event.target.value })
              }
            />
          </Field>
        </>
      )}
    </>
  );
}
