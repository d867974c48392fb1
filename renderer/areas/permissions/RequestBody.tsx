import { EyeOff } from "lucide-react";
import type { Presentation } from "../../../main/areas/inspection/contract.ts";
import { CommandBlock } from "../../ui/CommandBlock.tsx";
import { DiffView } from "../../ui/DiffView.tsx";
import { Prose } from "../../ui/Prose.tsx";
import styles from "./RequestBody.module.css";

type CommandBody = Extract<Presentation["body"], { kind: "command" }>;

interface Props {
  readonly presentation: Pick<Presentation, "body" | "unshown">;
  readonly maxHeight: number;
}

/** What would happen, whole: the command, the change or the call. Where it is not whole, that is said first. */
export function RequestBody({ presentation: { body, unshown }, maxHeight }: Props) {
  return (
    <>
      {unshown !== undefined && (
        <p className={styles.unshown} role="alert">
          <EyeOff size={14} aria-hidden /> {unshown}
        </p>
      )}
      <Body body={body} maxHeight={maxHeight} />
    </>
  );
}

function Body({ body, maxHeight }: { readonly body: Presentation["body"]; readonly maxHeight: number }) {
  switch (body.kind) {
    case "command":
      return <Command body={body} maxHeight={maxHeight} />;
    case "diff":
      return <DiffView diff={body.diff} maxHeight={maxHeight} />;
    case "call":
      return <CommandBlock text={body.text} label="Arguments" maxHeight={maxHeight} />;
  }
}

const lineHeight = 70;
const inputHeight = 110;

/** First who runs or reads what is written out in it, then that, plain. */
function Command({ body, maxHeight }: { readonly body: CommandBody; readonly maxHeight: number }) {
  const { text, reads, inline } = body;
  if (reads === undefined) return <CommandBlock text={text} label="Command" maxHeight={maxHeight} />;
  const scriptHeight = maxHeight - lineHeight - (inline?.input ? inputHeight : 0);
  return (
    <div className={styles.command}>
      <p className={styles.reads}>
        <Prose text={reads} />
      </p>
      {inline === undefined ? (
        <CommandBlock text={text} label="Command" maxHeight={maxHeight} />
      ) : (
        <>
          <div className={styles.line}>
            <CommandBlock text={inline.line} label="Command" copied={text} maxHeight={lineHeight} />
          </div>
          <CommandBlock text={inline.script} label="Script" hasNumbers maxHeight={scriptHeight} />
          {inline.input !== "" && (
            <CommandBlock text={inline.input} label="Input" hasNumbers maxHeight={inputHeight} />
          )}
        </>
      )}
    </div>
  );
}
