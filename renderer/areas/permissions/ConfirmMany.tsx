import { ChevronRight } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import { Button } from "../../ui/Button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { TextArea } from "../../ui/Field.tsx";
import foldStyles from "../../ui/fold.module.css";
import { PathLink } from "../../ui/PathLink.tsx";
import { Prose } from "../../ui/Prose.tsx";
import { counted } from "../../ui/text-rows.ts";
import { toast } from "../../ui/toasts.ts";
import { VirtualList } from "../../ui/VirtualList.tsx";
import { answerMany, type Answer } from "./answer.ts";
import styles from "./ConfirmMany.module.css";
import { byRisk, manySentence } from "./many.ts";
import { clientName } from "./outcome-words.ts";
import type { WaitingPermission } from "./pending-store.ts";
import { useRequest } from "./request-cache.ts";
import { RequestBody } from "./RequestBody.tsx";
import { RiskSign } from "./RiskSign.tsx";
import { Risks } from "./Risks.tsx";
import { onlyMeant, usePresence } from "./use-presence.ts";

function Whole({ request: summary }: { readonly request: PermissionSummary }) {
  const { request, error } = useRequest(summary.id);
  if (error !== null) return <ErrorNote title="This request could not be loaded." error={error} />;
  if (request === null) return <div className={styles.loading}>Loading…</div>;
  return (
    <div className={styles.whole}>
      <PathLink path={summary.workDir} />
      <RequestBody body={request.presentation.body} maxHeight={200} />
      <Risks risks={request.presentation.risks} />
    </div>
  );
}

function Row({ request }: { readonly request: PermissionSummary }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.item}>
      <button type="button" className={styles.row} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <ChevronRight size={14} aria-hidden className={classNames(foldStyles.chevron, styles.chevron)} />
        <span className={styles.words}>
          <Prose text={request.act} />
          <span className={styles.who}>
            <RiskSign level={request.riskLevel} />
            <bdi>{clientName(request.clientId)}</bdi>
          </span>
        </span>
      </button>
      {isOpen && <Whole request={request} />}
    </div>
  );
}

interface Props {
  readonly decision: Answer["decision"];
  readonly items: readonly WaitingPermission[];
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

const rowHeight = 46;
const tallest = 300;

/** The one question before many answers: it lists everything that would happen, the gravest first, openable. */
export function ConfirmMany({ decision, items, onDone, onCancel }: Props) {
  const [note, setNote] = useState("");
  const [progress, setProgress] = useState<number | null>(null);
  const footer = useRef<HTMLDivElement>(null);
  const isMeant = usePresence(footer, decision, true);
  // What is confirmed is what was listed when this opened.
  const [trouble, setTrouble] = useState<string | null>(null);
  const [listed, setListed] = useState(() => byRisk(items));
  const grave = useMemo(() => listed.filter(({ riskLevel }) => riskLevel === "high").length, [listed]);
  const isAllow = decision === "allow";
  const what = counted(listed.length, "request");

  const confirm = async () => {
    setProgress(0);
    const result = await answerMany(listed, { decision, scope: "once", note }, setProgress);
    setProgress(null);
    if (result.failed.length > 0) {
      // What did get through is done; the question is now about the rest.
      setListed(listed.filter(({ id }) => result.failed.includes(id)));
      setTrouble(manySentence(decision, result));
      return;
    }
    toast(manySentence(decision, result));
    onDone();
  };

  return (
    <div className={styles.confirm}>
      <p className={styles.lead}>
        {isAllow ? `This allows ${what}, each once:` : `This denies ${what}:`}
        {isAllow && grave > 0 && <strong className={styles.grave}> {grave} with high risk.</strong>}
      </p>
      <div className={styles.list} style={{ height: Math.min(tallest, listed.length * rowHeight) }}>
        <VirtualList
          items={listed}
          keyOf={({ id }) => id}
          render={(request) => <Row request={request} />}
          rowHeight={rowHeight}
          isMeasured
          label={what}
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
      <div ref={footer} className={styles.footer} {...onlyMeant(isMeant)}>
        <div className={styles.buttons} data-guarded>
          <Button onClick={onCancel} disabled={progress !== null}>
            Cancel
          </Button>
          <Button
            look={isAllow ? "allow" : "danger"}
            isBusy={progress !== null}
            onClick={() => void confirm()}
          >
            {progress !== null
              ? `${progress} of ${listed.length}`
              : isAllow
                ? `Allow ${what} once`
                : `Deny ${what}`}
          </Button>
        </div>
      </div>
    </div>
  );
}
