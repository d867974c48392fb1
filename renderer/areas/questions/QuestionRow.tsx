import { MessageCircleQuestion } from "lucide-react";
import { ListRow } from "../../ui/ListRow.tsx";
import { WordsText } from "../../ui/CodeText.tsx";
import { LeftOf } from "../permissions/ManyRow.tsx";
import { clientName, whence } from "../permissions/outcome-words.ts";
import type { WaitingRowProps } from "../waiting-kind.ts";
import type { WaitingQuestion } from "./open-store.ts";
import { questionLine } from "./question-words.ts";

/** A question in a list. It can't be picked: words are given one by one. */
export function QuestionRow({ item, isOpen = false, onOpen }: WaitingRowProps<WaitingQuestion>) {
  return (
    <ListRow
      isSelected={isOpen}
      onSelect={onOpen}
      icon={<MessageCircleQuestion size={16} strokeWidth={1.75} aria-label="Question" />}
      title={
        <>
          “<WordsText text={questionLine(item)} />”
        </>
      }
      aside={<LeftOf askedAt={item.askedAt} expiresAt={item.expiresAt} />}
      detail={
        <>
          {item.urgency === "high" && "urgent · "}
          <bdi>{clientName(item.clientId)}</bdi> · asks you
          {whence(item) !== "" && (
            <>
              {" · "}
              <bdi>{whence(item)}</bdi>
            </>
          )}
        </>
      }
    />
  );
}
