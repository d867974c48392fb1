import { memo } from "react";
import type { Run } from "../../../main/areas/runs/contract.ts";
import { ListRow } from "../../ui/ListRow.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { statusWord, StatusIcon } from "./RunStatus.tsx";
import { RunTime } from "./RunTime.tsx";

interface Props {
  readonly run: Run;
  readonly isSelected: boolean;
  readonly onSelect: (id: Run["id"]) => void;
  /** In the list of one session its name says nothing. */
  readonly hasSession?: boolean;
}

export const runRowHeight = 54;

export const RunRow = memo(function RunRow({ run, isSelected, onSelect, hasSession = true }: Props) {
  const calls = run.toolCalls === 0 ? null : `${run.toolCalls} ${run.toolCalls === 1 ? "call" : "calls"}`;
  const names = [run.clientId === "" ? null : run.clientId, hasSession ? run.sessionId : null];
  return (
    <ListRow
      isSelected={isSelected}
      onSelect={() => onSelect(run.id)}
      icon={<StatusIcon status={run.status} />}
      title={run.title === "" ? "Empty prompt" : run.title}
      aside={<RelativeTime at={run.startedAt} />}
      detail={
        <>
          {statusWord(run.status)}
          {run.status !== "queued" && (
            <>
              {" · "}
              <RunTime run={run} />
            </>
          )}
          {calls !== null && ` · ${calls}`}
          {names
            .filter((name) => name !== null)
            .map((name) => (
              <span key={name}>
                {" · "}
                <bdi>{name}</bdi>
              </span>
            ))}
        </>
      }
    />
  );
});
