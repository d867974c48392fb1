import type { ReactNode } from "react";
import type { DecisionRecord } from "../../../main/areas/permissions/contract.ts";
import { go } from "../../page/navigation.ts";
import { Button } from "../../ui/Button.tsx";
import { Id } from "../../ui/Copy.tsx";
import { Facts, type Fact } from "../../ui/Facts.tsx";
import { PathLink } from "../../ui/PathLink.tsx";
import { Prose } from "../../ui/Prose.tsx";
import { exactTime, duration } from "../../ui/time.ts";
import { askedBy, deciderWords, isLasting, noteOf, settledSentence } from "./outcome-words.ts";
import { riskWord } from "./RiskSign.tsx";
import styles from "./DecisionDetail.module.css";
import { AgentText } from "../questions/AgentText.tsx";
import { useQuestion } from "../questions/use-question.ts";
import { OutcomeSign } from "./OutcomeSign.tsx";
import { useRequest } from "./request-cache.ts";
import { RequestBody } from "./RequestBody.tsx";
import { Risks } from "./Risks.tsx";

function facts(record: DecisionRecord): readonly Fact[] {
  const rows: [string, ReactNode][] = [
    ["Decided", exactTime(record.at)],
    ["How", deciderWords(record.decidedBy)],
    ...(record.riskLevel === null ? [] : ([["Risk", riskWord(record.riskLevel)]] as [string, ReactNode][])),
    ["Waited", record.waitedMs === 0 ? "not at all" : duration(record.waitedMs)],
    ["Asked by", <bdi key="who">{askedBy(record)}</bdi>],
    ...(record.sessionId === null
      ? []
      : ([["Session", <bdi key="session">{record.sessionId}</bdi>]] as [string, ReactNode][])),
    ...(isLasting(record) || record.workDir === ""
      ? []
      : ([["Folder", <PathLink key="path" path={record.workDir} />]] as [string, ReactNode][])),
    ...(record.questionId === null
      ? ([["Tool", <code key="tool">{record.tool}</code>]] as [string, ReactNode][])
      : ([["Question", <Id key="question" id={record.questionId} />]] as [string, ReactNode][])),
    ...(record.runId === null
      ? []
      : ([["Run", <Id key="run" id={record.runId} />]] as [string, ReactNode][])),
    ...(record.permissionId === null
      ? []
      : ([["Request", <Id key="request" id={record.permissionId} />]] as [string, ReactNode][])),
    ["Record", <Id key="record" id={record.id} />],
  ];
  return rows.map(([label, value]) => ({ label, value }));
}

/** One row of the ledger, with the request as it was shown if somebody was asked. */
export function DecisionDetail({ record }: { readonly record: DecisionRecord }) {
  const { question } = useQuestion(record.questionId);
  const { request } = useRequest(record.permissionId);
  const note = noteOf(record);
  const { runId } = record;
  return (
    <div className={styles.detail}>
      <h2 className={styles.title}>
        <Prose text={record.act} />
      </h2>
      <div className={styles.outcome}>
        <OutcomeSign outcome={record.outcome} />
        <span>{settledSentence(record)}</span>
      </div>
      {question !== null && <AgentText text={question.text} />}
      {note !== null && <bdi className={`${styles.reason} selectable`}>{note}</bdi>}
      {request !== null && (
        <>
          <RequestBody presentation={request.presentation} maxHeight={320} />
          <Risks risks={request.presentation.risks} />
        </>
      )}
      <Facts facts={facts(record)} />
      {runId !== null && (
        <div>
          <Button size="small" onClick={() => go("runs", runId)}>
            Open the run
          </Button>
        </div>
      )}
    </div>
  );
}
