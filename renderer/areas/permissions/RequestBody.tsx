import type { Presentation } from "../../../main/areas/inspection/contract.ts";
import { CommandBlock } from "../../ui/CommandBlock.tsx";
import { DiffView } from "../../ui/DiffView.tsx";

/** What would happen, whole: the command, the change or the call. */
export function RequestBody({
  body,
  maxHeight,
}: {
  readonly body: Presentation["body"];
  readonly maxHeight: number;
}) {
  switch (body.kind) {
    case "command":
      return <CommandBlock text={body.text} label="Command" maxHeight={maxHeight} />;
    case "diff":
      return <DiffView diff={body.diff} maxHeight={maxHeight} />;
    case "call":
      return <CommandBlock text={body.text} label="Arguments" maxHeight={maxHeight} />;
  }
}
