import { useEffect, useState } from "react";
import type { Provider } from "../../../main/areas/settings/contract.ts";
import type { Session } from "../../../main/areas/sessions/contract.ts";
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
/** Not with each letter. */
const askAfterMs = 200;

/** What this window calls itself towards the gate. */
const clientId = "window";

function useRecentSessions(): readonly Session[] {
  const [recent, setRecent] = useState<readonly Session[]>([]);
  useEffect(() => {
    // Only suggestions: without them the name is typed.
    sessionCalls.listSessions({ limit: 20 }).then(
      ({ sessions }) => setRecent(sessions),
      () => setRecent([]),
    );
  }, []);
  return recent;
}

/** The session by this name, once it is known whether there is one. */
function useKnownSession(id: string, recent: readonly Session[]): Session | null {
  const [asked, setAsked] = useState<Session | null>(null);
  const listed = recent.find((session) => session.id === id) ?? null;
  useEffect(() => {
    if (listed !== null || id === "") return;
    let isWanted = true;
    const timer = setTimeout(() => {
      sessionCalls.getSession({ id: id as SessionId }).then(
        (session) => isWanted && setAsked(session),
        () => isWanted && setAsked(null),
      );
    }, askAfterMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [id, listed]);
  return listed ?? (asked?.id === id ? asked : null);
}

const providerWords = ({ alias, type, model }: Provider) =>
  type === "playbook" ? `${alias} · no model` : model === null ? alias : `${alias} · ${model}`;

/** Put on every page that offers to start a run; it shows itself when asked to. */
export function NewRunDialog() {
  const { isOpen } = useNewRun();
  return isOpen ? <Form /> : null;
}

function Form() {
  const { data: settings } = useFollowed(useSettings);
  const recent = useRecentSessions();
  const [text, setText] = useState("");
  const [session, setSession] = useState<string>(usualSession);
  const known = useKnownSession(session.trim(), recent);
  const [folder, setFolder] = useState("");
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
        ...(known !== null || folder.trim() === "" ? {} : { folder: folder.trim() }),
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
      title="New run"
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
            />
          </Field>
          <datalist id="recent-sessions">
            {recent.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
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
        <Field
          label="Folder"
          hint={
            known === null
              ? "Where this session works. Its runs read what is there without asking."
              : "This session works there. It is changed in Sessions."
          }
        >
          <Input
            value={known === null ? folder : (known.workspace ?? settings?.workspace ?? "")}
            onChange={(event) => setFolder(event.target.value)}
            placeholder={settings?.workspace ?? ""}
            maxLength={4096}
            readOnly={known !== null}
            isCode
          />
        </Field>
        {error !== null && <ErrorNote title="The run was not started." error={error} />}
      </form>
    </Dialog>
  );
}
