import { ChevronRight, CircleDashed, CircleSlash, CircleX, Hand, ShieldX } from "lucide-react";
import { memo, type ReactElement } from "react";
import { outcomeWord, settledSentence } from "../../permissions/outcome-words.ts";
import { classNames } from "../../../ui/class-names.ts";
import foldStyles from "../../../ui/fold.module.css";
import { duration } from "../../../ui/time.ts";
import turningStyles from "../../../ui/turning.module.css";
import { Tooltip } from "../../../ui/Tooltip.tsx";
import type { ToolBlock } from "../timeline/block.ts";
import { failureWord } from "../shell-result.ts";
import { decidedBy, toolState, type ToolState } from "../tool-state.ts";
import { toolWords } from "../tool-words.ts";
import { ToolDetails } from "./ToolDetails.tsx";
import styles from "./ToolLine.module.css";

interface Props {
  readonly block: ToolBlock;
  readonly isOpen: boolean;
  readonly onToggle: (key: number) => void;
}

const hasRun: ReadonlySet<ToolState> = new Set(["done", "failed"]);

/** A call in one line: what, on what, how it went and who let it; opens to everything else. */
export const ToolLine = memo(function ToolLine({ block, isOpen, onToggle }: Props) {
  const { icon: Icon, verb, target } = toolWords(block.call.name, block.call.arguments);
  const state = toolState(block);
  // What was asked for is said by the request where the arguments do not tell.
  const words = target === "" ? (block.permission?.target ?? "") : target;
  const shown = words.length > 400 ? `${words.slice(0, 400)}…` : words;
  return (
    <section className={classNames(isOpen && styles.isOpen)}>
      <button
        type="button"
        className={classNames(foldStyles.line, styles.line)}
        aria-expanded={isOpen}
        onClick={() => onToggle(block.key)}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden className={styles.icon} />
        {verb === null ? <code className={styles.name}>{block.call.name}</code> : <span>{verb}</span>}
        <bdi dir="ltr" className={styles.target}>
          {shown.replaceAll("\n", " ⏎ ")}
        </bdi>
        <Outcome block={block} state={state} />
        <span className={styles.time}>
          {block.durationMs !== null && hasRun.has(state) && duration(block.durationMs)}
        </span>
        <ChevronRight size={14} aria-hidden className={foldStyles.chevron} />
      </button>
      {isOpen && <ToolDetails block={block} state={state} />}
    </section>
  );
});

function Outcome({ block, state }: { readonly block: ToolBlock; readonly state: ToolState }) {
  switch (state) {
    case "running":
      return (
        <span className={styles.outcome}>
          <CircleDashed size={14} aria-hidden className={turningStyles.turning} /> Running
        </span>
      );
    case "asking":
      return (
        <span className={classNames(styles.outcome, styles.wait)}>
          <Hand size={14} aria-hidden /> Needs you
        </span>
      );
    case "stopped":
      return (
        <span className={styles.outcome}>
          <CircleSlash size={14} aria-hidden /> Stopped
        </span>
      );
    case "denied":
      return (
        <Permission block={block}>
          <span className={classNames(styles.outcome, styles.deny)}>
            <ShieldX size={14} aria-hidden /> Denied {block.decidedBy !== null && decidedBy(block.decidedBy)}
          </span>
        </Permission>
      );
    case "expired":
      return (
        <span className={classNames(styles.outcome, styles.deny)}>
          <ShieldX size={14} aria-hidden /> Nobody answered
        </span>
      );
    case "withdrawn":
      return (
        <Permission block={block}>
          <span className={styles.outcome}>
            <CircleSlash size={14} aria-hidden /> Withdrawn
          </span>
        </Permission>
      );
    case "failed":
      return (
        <span className={classNames(styles.outcome, styles.deny)}>
          <CircleX size={14} aria-hidden /> {block.result === null ? "Failed" : failureWord(block.result)}
        </span>
      );
    case "done":
      if (block.question?.settled) {
        return (
          <span className={styles.outcome}>
            {outcomeWord(block.question.settled.outcome)} {decidedBy(block.question.settled.decidedBy)}
          </span>
        );
      }
      return block.decidedBy === null ? null : (
        <Permission block={block}>
          <span className={styles.outcome}>Allowed {decidedBy(block.decidedBy)}</span>
        </Permission>
      );
  }
}

/** The whole story of the permission on hover. */
function Permission({ block, children }: { readonly block: ToolBlock; readonly children: ReactElement }) {
  const settled = block.permission?.settled;
  return settled ? <Tooltip text={settledSentence(settled)}>{children}</Tooltip> : children;
}
