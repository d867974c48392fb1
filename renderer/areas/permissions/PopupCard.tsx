import { useLayoutEffect } from "react";
import type { PopupCardProps } from "../waiting-kind.ts";
import { AnswerCard } from "./AnswerCard.tsx";
import type { WaitingPermission } from "./pending-store.ts";
import { popupWidth } from "./popup-width.ts";
import { useRequest } from "./request-cache.ts";

/** A request in the popup. */
export function PopupCard({ item, onLoaded, ...rest }: PopupCardProps<WaitingPermission>) {
  const { request } = useRequest(item.id);
  const width = request === null ? null : popupWidth(request.presentation.body);
  useLayoutEffect(() => {
    if (width !== null) onLoaded(width);
  }, [width, onLoaded]);
  return <AnswerCard id={item.id} place="popup" summary={item} {...rest} />;
}
