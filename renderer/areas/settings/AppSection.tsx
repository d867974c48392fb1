import { useCallback, useEffect, useState } from "react";
import { go } from "../../page/navigation.ts";
import { setTheme, useTheme } from "../../page/theme.ts";
import { windowDesktopCalls } from "../../client/desktop-window.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { Field, Switch } from "../../ui/Field.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { Group } from "./Group.tsx";

type Desktop = Awaited<ReturnType<typeof windowDesktopCalls.getDesktop>>;

export function AppSection() {
  const { theme } = useTheme();
  return (
    <>
      <Group>
        <Field label="Appearance" layout="row">
          <Segmented
            label="Appearance"
            value={theme}
            onChange={setTheme}
            options={[
              { value: "system", label: "As the system" },
              { value: "light", label: "Light" },
              { value: "dark", label: "Dark" },
            ]}
          />
        </Field>
        <LaunchAtLogin />
        <Field
          label="First steps"
          hint="What Gatehouse is, a try, and how to connect your agents."
          layout="row"
        >
          <Button onClick={() => go("welcome")}>Show again</Button>
        </Field>
      </Group>
    </>
  );
}

function LaunchAtLogin() {
  const [desktop, setDesktop] = useState<Desktop | null>(null);
  const [error, setError] = useState<CallError | null>(null);
  const load = useCallback(() => {
    windowDesktopCalls.getDesktop().then(
      (facts) => {
        setDesktop(facts);
        setError(null);
      },
      (caught: unknown) => setError(asCallError(caught)),
    );
  }, []);
  useEffect(load, [load]);

  const change = async (enabled: boolean) => {
    if (desktop === null) return;
    setDesktop({ ...desktop, launchAtLogin: enabled });
    setError(null);
    try {
      const { launchAtLogin } = await windowDesktopCalls.setLaunchAtLogin({ enabled });
      setDesktop({ ...desktop, launchAtLogin });
    } catch (caught) {
      setDesktop(desktop);
      setError(asCallError(caught));
    }
  };
  const isSupported = desktop?.launchAtLoginSupported ?? true;
  return (
    <>
      <Field
        label="Start when you log in"
        hint={
          isSupported
            ? "In the tray, without a window, so that agents find the gate."
            : "Not possible here: this copy was not installed."
        }
        layout="row"
      >
        <Switch
          checked={desktop?.launchAtLogin ?? false}
          disabled={desktop === null || !isSupported}
          onChange={(enabled) => void change(enabled)}
        />
      </Field>
      {error !== null && <ErrorNote title="That is as before." error={error} onRetry={load} />}
    </>
  );
}
