import { Ban, RotateCw } from "lucide-react";
import { useEffect, useState } from "react";
import type { Run } from "../../../main/areas/runs/contract.ts";
import type { Session, Usage } from "../../../main/areas/sessions/contract.ts";
import { go } from "../../page/navigation.ts";
import { asCallError } from "../../client/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { Id } from "../../ui/Copy.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { TextButton } from "../../ui/TextButton.tsx";
import { toast } from "../../ui/toasts.ts";
import { Tooltip } from "../../ui/Tooltip.tsx";
import { calls as sessionCalls } from "../sessions/calls.ts";
import { WorkFolder } from "../sessions/WorkFolder.tsx";
import styles from "./RunHeader.module.css";
import { isActive } from "./run-list.ts";
import { StatusBadge } from "./RunStatus.tsx";
import { RunTime } from "./RunTime.tsx";
import { RunCost } from "../usage/RunCost.tsx";
import { calls } from "./calls.ts";

const count = new Intl.NumberFormat();

function Tokens({ usage }: { readonly usage: Usage }) {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, totalTokens } = usage;
  const parts = [
    `${count.format(inputTokens)} in`,
    `${count.format(outputTokens)} out`,
    ...(cacheReadTokens === undefined ? [] : [`${count.format(cacheReadTokens)} read from cache`]),
    ...(cacheWriteTokens === undefined ? [] : [`${count.format(cacheWriteTokens)} written to cache`]),
  ];
  return (
    <Tooltip text={parts.join(" · ")}>
      <span>{count.format(totalTokens)} tokens</span>
    </Tooltip>
  );
}

export function CancelRun({ run }: { readonly run: Run }) {
  const [isCanceling, setCanceling] = useState(false);
  const cancel = async () => {
    setCanceling(true);
    try {
      await calls.cancelRun({ id: run.id });
    } catch (caught) {
      setCanceling(false);
      toast(`The run was not canceled. ${asCallError(caught).message}`, { tone: "deny" });
    }
  };
  return (
    <Button
      look="deny"
      size="small"
      icon={<Ban size={14} aria-hidden />}
      isBusy={isCanceling}
      onClick={() => void cancel()}
    >
      {isCanceling ? "Canceling…" : "Cancel run"}
    </Button>
  );
}

/** The same prompt once more, in the same session and to the same model. */
function RetryRun({ run, prompt }: { readonly run: Run; readonly prompt: string }) {
  const [isStarting, setStarting] = useState(false);
  const { sessionId, clientId, provider, model } = run;
  const retry = async () => {
    setStarting(true);
    try {
      const next = await calls.startRun({ sessionId, clientId, provider, model, text: prompt });
      go("runs", next.id);
    } catch (caught) {
      setStarting(false);
      toast(`The run was not started. ${asCallError(caught).message}`, { tone: "deny" });
    }
  };
  return (
    <Button
      size="small"
      icon={<RotateCw size={14} aria-hidden />}
      isBusy={isStarting}
      onClick={() => void retry()}
    >
      {isStarting ? "Starting…" : "Try again"}
    </Button>
  );
}

/** Where the run's session works. One that was deleted has no place any more. */
function RunFolder({ sessionId }: Pick<Run, "sessionId">) {
  const [session, setSession] = useState<Session | null>(null);
  useEffect(() => {
    let isWanted = true;
    sessionCalls.getSession({ id: sessionId }).then(
      (found) => isWanted && setSession(found),
      () => isWanted && setSession(null),
    );
    return () => {
      isWanted = false;
    };
  }, [sessionId]);
  return session === null ? null : <WorkFolder session={session} />;
}

interface Props {
  readonly run: Run | null;
  readonly usage: Usage | null;
  /** What the run was given to do, as soon as that is known. */
  readonly prompt: string | null;
}

/** What stays in sight above the story. */
export function RunHeader({ run, usage, prompt }: Props) {
  if (run === null) {
    return (
      <header className={styles.header}>
        <Skeleton width={240} height={16} />
        <Skeleton width={320} />
      </header>
    );
  }
  const model = run.model === "" ? run.provider : run.model;
  return (
    <header className={styles.header}>
      <div className={styles.first}>
        <h2 className={styles.title} dir="auto" title={run.title}>
          {run.title === "" ? "Empty prompt" : run.title}
        </h2>
        <StatusBadge status={run.status} />
        {isActive(run) && <CancelRun run={run} />}
        {run.status === "failed" && prompt !== null && <RetryRun run={run} prompt={prompt} />}
      </div>
      <div className={styles.facts}>
        <span>
          <RelativeTime at={run.startedAt} />
        </span>
        <span>
          {isActive(run) ? "for" : "took"} <RunTime run={run} />
        </span>
        <Tooltip text={run.model === "" ? `Provider ${run.provider}` : `${run.model} by ${run.provider}`}>
          <span>
            <bdi>{model}</bdi>
          </span>
        </Tooltip>
        {usage !== null && (
          <span>
            <Tokens usage={usage} />
          </span>
        )}
        {!isActive(run) && usage !== null && <RunCost id={run.id} />}
        <span>
          <TextButton className={styles.link} onClick={() => go("sessions", run.sessionId)}>
            <bdi>{run.sessionId}</bdi>
          </TextButton>
        </span>
        <RunFolder sessionId={run.sessionId} />
        <Id id={run.id} />
      </div>
    </header>
  );
}
