import { useLayoutEffect } from "react";
import type { PopupCardProps } from "../waiting-kind.ts";
import { AnswerQuestion } from "./AnswerQuestion.tsx";
import type { WaitingQuestion } from "./open-store.ts";
import { questionSize } from "./question-words.ts";

/** A question in the popup. */
export function PopupCard({ item, onLoaded, ...rest }: PopupCardProps<WaitingQuestion>) {
  const size = questionSize(item);
  useLayoutEffect(() => onLoaded(size), [size, onLoaded]);
  return <AnswerQuestion question={item} place="popup" {...rest} />;
}
