import { useState, type ReactNode } from "react";
import { DENIED_BY_PERSON } from "../../../../main/contract/denied.ts";
import { CommandBlock } from "../../../ui/CommandBlock.tsx";
import { DiffView } from "../../../ui/DiffView.tsx";
import { TextButton } from "../../../ui/TextButton.tsx";
import { duration } from "../../../ui/time.ts";
import type { QuestionId } from "../../../../main/contract/ids.ts";
import { ErrorNote } from "../../../ui/ErrorNote.tsx";
import { AnswerQuestion } from "../../questions/AnswerQuestion.tsx";
import { useQuestion } from "../../questions/use-question.ts";
import { AnswerCard } from "../../permissions/AnswerCard.tsx";
import { noteOf, settledSentence } from "../../permissions/outcome-words.ts";
import type { ToolBlock } from "../timeline/block.ts";
import { decidedBy, type ToolState } from "../tool-state.ts";
import { Output } from "./Output.tsx";
import styles from "./ToolDetails.module.css";

interface Props {
  readonly block: ToolBlock;
  readonly state: ToolState;
}

/** Everything about one call: who let it, what it was given, what came out. */
export function ToolDetails({ block, state }: Props) {
  const { permission, question, result, call } = block;
  if (question !== null) return <QuestionAsked id={question.id} />;
  if (state === "asking" && permission !== null) {
    return (
      <div className={styles.details}>
        <AnswerCard key={permission.id} id={permission.id} place="timeline" />
      </div>
    );
  }
  return (
    <div className={styles.details}>
      <PermissionWords block={block} />
      {permission?.presentation.body.kind === "diff" && <DiffView diff={permission.presentation.body.diff} />}
      {permission?.presentation.body.kind === "command" ? (
        <Part title="Command">
          <CommandBlock text={permission.presentation.body.text} />
        </Part>
      ) : (
        <Arguments args={call.arguments} isFolded={permission?.presentation.body.kind === "diff"} />
      )}
      {result !== null && saysMore(block) && (
        <Output
          result={result}
          title={state === "failed" ? "Error" : state === "done" ? "Output" : "What the model was told"}
        />
      )}
    </div>
  );
}

/** What was asked and what was answered say all there is: the arguments and the result are the same once more. */
function QuestionAsked({ id }: { readonly id: QuestionId }) {
  const { question, error } = useQuestion(id);
  return (
    <div className={styles.details}>
      {error !== null && <ErrorNote title="This question could not be loaded." error={error} />}
      {question !== null && <AnswerQuestion key={id} question={question} place="timeline" />}
    </div>
  );
}

/** A denial's result is for the model: its words, or the note that stands above already. */
function saysMore({ permission, result }: ToolBlock): boolean {
  const settled = permission?.settled;
  if (settled?.outcome !== "denied") return true;
  return result?.content !== settled.reason && result?.content !== DENIED_BY_PERSON;
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles.part}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}

function Arguments({ args, isFolded }: { readonly args: unknown; readonly isFolded: boolean }) {
  const [isOpen, setOpen] = useState(!isFolded);
  const text = typeof args === "string" ? args : JSON.stringify(args ?? {}, null, 2);
  if (text === "{}" || text === "") return null;
  if (!isOpen) {
    return (
      <TextButton className={styles.more} onClick={() => setOpen(true)}>
        Show the arguments
      </TextButton>
    );
  }
  return (
    <Part title="Arguments">
      <CommandBlock text={text} label="Arguments" />
    </Part>
  );
}

function PermissionWords({ block }: { readonly block: ToolBlock }) {
  const settled = block.permission?.settled;
  if (block.permission && settled) {
    return (
      <p className={styles.permission}>
        {settledSentence(settled)}, {duration(Math.max(0, settled.at - block.permission.askedAt))} after it
        asked.
        {noteOf(settled) !== null && (
          <>
            {" "}
            <q dir="auto">{noteOf(settled)}</q>
          </>
        )}
      </p>
    );
  }
  if (block.decidedBy === null) return null;
  const word = block.result?.isError && block.durationMs === 0 ? "Refused" : "Allowed";
  const rule =
    block.decidedBy.kind === "policy" && block.decidedBy.name !== "" ? ` (${block.decidedBy.name})` : "";
  return (
    <p className={styles.permission}>
      {word} {decidedBy(block.decidedBy)}
      {rule}, without asking.
    </p>
  );
}
