import { useEffect, useState } from "react";
import type { Provider } from "../../../main/areas/settings/contract.ts";
import type { SessionId } from "../../../main/contract/ids.ts";
import { go } from "../../page/navigation.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { useFollowed } from "../../client/use-followed.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { Field, Input, Select, TextArea } from "../../ui/Field.tsx";
import { Keys } from "../../ui/Kbd.tsx";
import { TextButton } from "../../ui/TextButton.tsx";
import { calls as sessionCalls } from "../sessions/calls.ts";
import { useSettings } from "../settings/store.ts";
import { closeNewRun, useNewRun } from "./new-run.ts";
import styles from "./NewRunDialog.module.css";
import { calls } from "./calls.ts";

const usualSession = "desk";

/** What this window calls itself towards the gate. */
const clientId = "window";

function useRecentSessions(): readonly string[] {
  const [ids, setIds] = useState<readonly string[]>([]);
  useEffect(() => {
    // Only suggestions: without them the name is typed.
    sessionCalls.listSessions({ limit: 20 }).then(
      ({ sessions }) => setIds(sessions.map((session) => session.id)),
      () => setIds([]),
    );
  }, []);
  return ids;
}

const providerWords = ({ alias, type, model }: Provider) =>
  type === "playbook" ? `${alias} · no model` : model === null ? alias : `${alias} · ${model}`;

/** Put on every page that offers to start a run; it shows itself when asked to. */
export function NewRunDialog() {
  const { isOpen, sessionId } = useNewRun();
  return isOpen ? <Form fixedSession={sessionId} /> : null;
}

function Form({ fixedSession }: { readonly fixedSession: SessionId | null }) {
  const { data: settings } = useFollowed(useSettings);
  const recent = useRecentSessions();
  const [text, setText] = useState("");
  const [session, setSession] = useState<string>(fixedSession ?? usualSession);
  const [chosen, setChosen] = useState<string | null>(null);
  const [isStarting, setStarting] = useState(false);
  const [error, setError] = useState<CallError | null>(null);

  const alias = chosen ?? settings?.defaultProvider ?? "";
  const provider = settings?.providers.find((each) => each.alias === alias);
  const canStart = text.trim() !== "" && session.trim() !== "" && !isStarting;

  const start = async () => {
    if (!canStart) return;
    setStarting(true);
    setError(null);
    try {
      const run = await calls.startRun({
        sessionId: session.trim() as SessionId,
        text,
        clientId,
        ...(chosen === null ? {} : { provider: chosen }),
      });
      closeNewRun();
      go("runs", run.id);
    } catch (caught) {
      setError(asCallError(caught));
      setStarting(false);
    }
  };

  return (
    <Dialog
      title={fixedSession === null ? "New run" : "Continue the session"}
      onClose={closeNewRun}
      footer={
        <>
          <Button onClick={closeNewRun}>Cancel</Button>
          <Button
            look="primary"
            disabled={!canStart && !isStarting}
            isBusy={isStarting}
            onClick={() => void start()}
          >
            {isStarting ? "Starting…" : "Start"} <Keys keys="mod+enter" />
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void start();
        }}
      >
        <Field label="What should it do?">
          <TextArea
            autoFocus
            rows={6}
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={provider?.type === "playbook" ? "/read_file README.md" : "Say it in your own words"}
            isCode={provider?.type === "playbook"}
          />
        </Field>
        {provider?.type === "playbook" && (
          <p className={styles.hint}>
            No model is configured, so nothing is made up: a line that begins with <code>/</code> and the name
            of a tool is one call, and other text is said back.{" "}
            <TextButton
              className={styles.link}
              onClick={() => {
                closeNewRun();
                go("settings", "providers");
              }}
            >
              Add a model
            </TextButton>
          </p>
        )}
        <div className={styles.pair}>
          <Field label="Session" hint="Runs of one session share their history.">
            <Input
              value={session}
              onChange={(event) => setSession(event.target.value)}
              list="recent-sessions"
              maxLength={1024}
              readOnly={fixedSession !== null}
            />
          </Field>
          <datalist id="recent-sessions">
            {recent.map((id) => (
              <option key={id} value={id} />
            ))}
          </datalist>
          <Field label="Provider">
            <Select
              className={styles.wide}
              value={alias}
              onChange={(event) => setChosen(event.target.value)}
              disabled={settings === null}
            >
              {settings?.providers.map((each) => (
                <option key={each.alias} value={each.alias}>
                  {providerWords(each)}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        {error !== null && <ErrorNote title="The run was not started." error={error} />}
      </form>
    </Dialog>
  );
}
