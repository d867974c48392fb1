import { useLayoutEffect } from "react";
import type { PopupCardProps } from "../waiting-kind.ts";
import { AnswerCard } from "./AnswerCard.tsx";
import type { WaitingPermission } from "./pending-store.ts";
import { popupSize } from "./popup-size.ts";
import { useRequest } from "./request-cache.ts";

/** A request in the popup. */
export function PopupCard({ item, onLoaded, ...rest }: PopupCardProps<WaitingPermission>) {
  const { request } = useRequest(item.id);
  const size = request === null ? null : popupSize(request.presentation.body);
  useLayoutEffect(() => {
    if (size !== null) onLoaded(size);
  }, [size, onLoaded]);
  return <AnswerCard id={item.id} place="popup" summary={item} {...rest} />;
}
