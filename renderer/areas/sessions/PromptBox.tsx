import { Send } from "lucide-react";
import { useMemo, useState } from "react";
import type { SessionId } from "../../../main/contract/ids.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { useQueried } from "../../client/use-queried.ts";
import { go } from "../../page/navigation.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { TextArea } from "../../ui/Field.tsx";
import { Keys } from "../../ui/Kbd.tsx";
import { TextButton } from "../../ui/TextButton.tsx";
import { calls } from "../runs/calls.ts";
import { everyRun, runList } from "../runs/run-list.ts";
import { StatusBadge } from "../runs/RunStatus.tsx";
import styles from "./PromptBox.module.css";

/** What this window calls itself towards the gate. */
const clientId = "window";

/** What was begun in one session is there again when the person comes back to it. */
const drafts = new Map<string, string>();

/** Goes on with a session: what is written here starts a run in it. */
export function PromptBox({ sessionId }: { readonly sessionId: SessionId }) {
  const [text, setText] = useState(drafts.get(sessionId) ?? "");
  const [isStarting, setStarting] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const write = (next: string) => {
    setText(next);
    if (next === "") drafts.delete(sessionId);
    else drafts.set(sessionId, next);
  };
  const start = async () => {
    if (text.trim() === "" || isStarting) return;
    setStarting(true);
    setError(null);
    try {
      await calls.startRun({ sessionId, text, clientId });
      write("");
    } catch (caught) {
      setError(asCallError(caught));
    }
    setStarting(false);
  };
  return (
    <div className={styles.box}>
      <GoingOn sessionId={sessionId} />
      {error !== null && <ErrorNote title="The run was not started." error={error} />}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <TextArea
          aria-label="Continue this session"
          placeholder="Continue this session"
          rows={2}
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void start();
          }}
        />
        <Button
          look="primary"
          icon={<Send size={14} aria-hidden />}
          disabled={text.trim() === "" && !isStarting}
          isBusy={isStarting}
          onClick={() => void start()}
        >
          Send <Keys keys="mod+enter" />
        </Button>
      </form>
    </div>
  );
}

/** Runs of this session that have not ended: their messages come when they have. */
function GoingOn({ sessionId }: { readonly sessionId: SessionId }) {
  const store = useMemo(() => runList({ ...everyRun, sessionId, filter: "active" }), [sessionId]);
  const { data } = useQueried(store);
  if (data.items.length === 0) return null;
  return (
    <ul className={styles.going} aria-label="Runs that go on">
      {data.items.slice(0, 3).map((run) => (
        <li key={run.id}>
          <StatusBadge status={run.status} />
          <TextButton className={styles.title} onClick={() => go("runs", run.id)}>
            <bdi>{run.title === "" ? "Empty prompt" : run.title}</bdi>
          </TextButton>
        </li>
      ))}
    </ul>
  );
}
