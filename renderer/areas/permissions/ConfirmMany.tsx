import { useMemo, useRef, useState } from "react";
import { toggled } from "../../page/picked.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { TextArea } from "../../ui/Field.tsx";
import { counted } from "../../ui/text-rows.ts";
import { toast } from "../../ui/toasts.ts";
import { useHold } from "../../ui/use-hold.ts";
import { VirtualList } from "../../ui/VirtualList.tsx";
import { AllowButton } from "./AllowButton.tsx";
import { answerMany, type Answer } from "./answer.ts";
import styles from "./ConfirmMany.module.css";
import { LikeRow } from "./LikeRow.tsx";
import { gravest, manyRows, manySentence } from "./many.ts";
import type { WaitingPermission } from "./pending-store.ts";
import { useGuard } from "./use-guard.ts";

interface Props {
  readonly decision: Answer["decision"];
  readonly items: readonly WaitingPermission[];
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

const rowHeight = 46;
const tallest = 300;
const nothing: ReadonlySet<string> = new Set();

/**
 * The one question before many answers. It lists everything that would happen, the gravest first and what is equal
 * once, each openable. What is of high risk is left out unless it is ticked.
 */
export function ConfirmMany({ decision, items, onDone, onCancel }: Props) {
  const [note, setNote] = useState("");
  const [isSending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [ticked, setTicked] = useState(nothing);
  // What is confirmed is what was listed when this opened.
  const [listed, setListed] = useState(items);
  const footer = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => manyRows(decision, listed), [decision, listed]);
  const left = rows.filter(({ key, isTicked }) => isTicked && !ticked.has(key)).length;
  const meant = rows
    .filter(({ key, isTicked }) => !isTicked || ticked.has(key))
    .flatMap(({ requests }) => requests);
  // What the button says and covers is part of what is looked at.
  const guard = useGuard(footer, `${decision} ${meant.length}`, meant.length > 0);
  const isAllow = decision === "allow";
  const what = counted(meant.length, "request");

  const confirm = async () => {
    if (isSending || meant.length === 0) return;
    setSending(true);
    const result = await answerMany(meant, { decision, note });
    setSending(false);
    if (result.failed.length > 0) {
      // What did get through is done; the question is now about the rest.
      setListed(listed.filter(({ id }) => result.failed.includes(id)));
      setTrouble(manySentence(decision, result));
      return;
    }
    toast(manySentence(decision, result));
    onDone();
  };
  const hold = useHold(() => {
    if (guard.endsHold()) void confirm();
  });

  return (
    <div className={styles.confirm}>
      <p>
        {isAllow ? `This allows ${what}, each once.` : `This denies ${what}.`}
        {left > 0 && (
          <strong className={styles.grave}>
            {" "}
            {left} of high risk {left === 1 ? "is" : "are"} left out: tick what you mean.
          </strong>
        )}
      </p>
      <div className={styles.list} style={{ height: Math.min(tallest, rows.length * rowHeight) }}>
        <VirtualList
          items={rows}
          keyOf={({ key }) => key}
          render={(row) => (
            <LikeRow
              row={row}
              isPicked={ticked.has(row.key)}
              onPick={() => setTicked(toggled(ticked, row.key))}
            />
          )}
          rowHeight={rowHeight}
          isMeasured
          label={counted(listed.length, "request")}
        />
      </div>
      {trouble !== null && <ErrorNote title={trouble} />}
      {!isAllow && (
        <TextArea
          rows={2}
          maxLength={10_000}
          aria-label="Note to the agents"
          placeholder="Note to the agents (optional)"
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      )}
      <div ref={footer} className={styles.footer}>
        <Button onClick={onCancel} disabled={isSending}>
          Cancel
        </Button>
        <div {...guard.props} data-guarded>
          {isAllow ? (
            <AllowButton
              riskLevel={gravest(meant)}
              hold={hold}
              guard={guard}
              isBusy={isSending}
              disabled={meant.length === 0}
              onAllow={() => void confirm()}
              onAssisted={() => void confirm()}
            >
              Allow {what} once
            </AllowButton>
          ) : (
            <Button look="danger" isBusy={isSending} onClick={() => void confirm()}>
              Deny {what}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
