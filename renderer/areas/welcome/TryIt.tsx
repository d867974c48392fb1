import { CircleCheck, CircleDashed, CircleX, Hand, Play, ShieldX, type LucideIcon } from "lucide-react";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import type { Run } from "../../../main/areas/runs/contract.ts";
import type { SessionId } from "../../../main/contract/ids.ts";
import { go } from "../../page/navigation.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { useFollowed } from "../../client/use-followed.ts";
import { Button } from "../../ui/Button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { AnswerCard } from "../permissions/AnswerCard.tsx";
import { settledSentence } from "../permissions/outcome-words.ts";
import { calls as runCalls } from "../runs/calls.ts";
import { Output } from "../runs/blocks/Output.tsx";
import { runFeed } from "../runs/run-feed.ts";
import { useSettings } from "../settings/store.ts";
import { attemptOf, type Attempt } from "./attempt.ts";
import styles from "./TryIt.module.css";

const command = "git --version";
const firstRun = {
  sessionId: "first-run" as SessionId,
  clientId: "gatehouse",
  provider: "playbook",
  text: `/shell_exec ${command}`,
};

/** One harmless request through the real gate, told as it happens. */
export function TryIt({ onAnswered }: { readonly onAnswered: () => void }) {
  const { data: settings } = useFollowed(useSettings);
  const [run, setRun] = useState<Run | null>(null);
  const [isStarting, setStarting] = useState(false);
  const [error, setError] = useState<CallError | null>(null);

  const start = async () => {
    setStarting(true);
    setError(null);
    try {
      setRun(await runCalls.startRun(firstRun));
    } catch (caught) {
      setError(asCallError(caught));
    } finally {
      setStarting(false);
    }
  };

  if (settings !== null && !settings.coding.enabled) {
    return (
      <>
        <p>The tools for files and programs are turned off, so there is nothing to ask for.</p>
        <div className={styles.buttons}>
          <Button onClick={() => go("settings", "workspace")}>Open the settings</Button>
        </div>
      </>
    );
  }
  return (
    <>
      <p>
        This asks to run <code>{command}</code>, which only prints a version. The request goes through the
        same gate as everything later: answer it in the popup beside the tray, or right here.
      </p>
      {run === null ? (
        <div className={styles.buttons}>
          <Button
            look="primary"
            icon={<Play size={14} aria-hidden />}
            isBusy={isStarting}
            onClick={() => void start()}
          >
            {isStarting ? "Asking…" : "Ask me"}
          </Button>
        </div>
      ) : (
        <Story key={run.id} run={run} onAnswered={onAnswered} onAgain={() => void start()} />
      )}
      {error !== null && (
        <div className={styles.note}>
          <ErrorNote title="The request could not be made." error={error} onRetry={() => void start()} />
        </div>
      )}
    </>
  );
}

interface StoryProps {
  readonly run: Run;
  readonly onAnswered: () => void;
  readonly onAgain: () => void;
}

function Story({ run, onAnswered, onAgain }: StoryProps) {
  const useFeed = useMemo(() => runFeed(run.id), [run.id]);
  useEffect(() => useFeed.follow(), [useFeed]);
  const { timeline, status, error } = useFeed();
  const attempt = attemptOf(timeline);
  const isOver = attempt.step === "allowed" || attempt.step === "refused" || attempt.step === "failed";
  useEffect(() => {
    if (isOver) onAnswered();
  }, [isOver, onAnswered]);

  if (status === "failed") {
    return (
      <div className={styles.note}>
        <ErrorNote title="What happens could not be followed." error={error} onRetry={onAgain} />
      </div>
    );
  }
  return (
    <div className={styles.story} aria-live="polite">
      <WhatHappens attempt={attempt} />
      {(isOver || attempt.step === "broken") && (
        <div className={styles.buttons}>
          <Button onClick={onAgain}>Ask again</Button>
          <Button look="quiet" onClick={() => go("runs", run.id)}>
            Open the run
          </Button>
        </div>
      )}
    </div>
  );
}

function WhatHappens({ attempt }: { readonly attempt: Attempt }) {
  switch (attempt.step) {
    case "starting":
      return <Line icon={CircleDashed}>The run begins…</Line>;
    case "asking":
      return (
        <>
          <Line icon={Hand} look={styles.wait}>
            It waits for you. Nothing runs until you answer.
          </Line>
          {attempt.block.permission !== null && (
            <div className={styles.card}>
              <AnswerCard id={attempt.block.permission.id} place="timeline" />
            </div>
          )}
        </>
      );
    case "running":
      return <Line icon={CircleDashed}>Allowed. It runs…</Line>;
    case "allowed":
      return (
        <>
          <Line icon={CircleCheck} look={styles.allow}>
            {attempt.block.permission?.settled
              ? `${settledSentence(attempt.block.permission.settled)}. It ran and printed:`
              : "A rule or an earlier grant let it run without asking. It printed:"}
          </Line>
          {attempt.block.result !== null && <Output result={attempt.block.result} />}
        </>
      );
    case "refused":
      return (
        <Line icon={ShieldX} look={styles.deny}>
          {attempt.block.permission?.settled
            ? `${settledSentence(attempt.block.permission.settled)}. Nothing ran, and the agent was told so.`
            : "The run ended before an answer. Nothing ran."}
        </Line>
      );
    case "failed":
      return (
        <>
          <Line icon={CircleX} look={styles.deny}>
            It was let through, but did not work. The agent was told:
          </Line>
          {attempt.block.result !== null && <Output result={attempt.block.result} />}
        </>
      );
    case "broken":
      return (
        <Line icon={CircleX} look={styles.deny}>
          {attempt.message}
        </Line>
      );
  }
}

interface LineProps {
  readonly icon: LucideIcon;
  readonly look?: string | undefined;
  readonly children: ReactNode;
}

const Line = ({ icon: Icon, look, children }: LineProps) => (
  <div className={classNames(styles.line, look)}>
    <Icon size={16} strokeWidth={1.75} aria-hidden />
    <span>{children}</span>
  </div>
);
