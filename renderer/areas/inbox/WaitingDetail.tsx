import type { WaitingItem } from "../../../main/areas/waiting/contract.ts";
import { QuestionDetail } from "../questions/QuestionDetail.tsx";
import { RequestDetail } from "../permissions/RequestDetail.tsx";

interface Props {
  readonly item: WaitingItem;
  /** False while several are picked: then the keys are theirs. */
  readonly hasKeys: boolean;
  readonly onAnswered: () => void;
}

/** What waits, or was just settled, whole and with its answers. Mount it anew for each. */
export function WaitingDetail({ item, ...rest }: Props) {
  switch (item.kind) {
    case "permission":
      return <RequestDetail summary={item} {...rest} />;
    case "question":
      return <QuestionDetail item={item} {...rest} />;
  }
}
