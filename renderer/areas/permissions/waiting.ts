import { useFollowed } from "../../client/use-followed.ts";
import type { WaitingKind } from "../waiting-kind.ts";
import { ManyRow } from "./ManyRow.tsx";
import { clientName } from "./outcome-words.ts";
import { usePending, type WaitingPermission } from "./pending-store.ts";
import { PopupCard } from "./PopupCard.tsx";
import { loadRequest } from "./request-cache.ts";

/** Requests for permission among all that waits. */
export const permissionKind: WaitingKind<WaitingPermission> = {
  useList: () => useFollowed(usePending),
  reload: usePending.reload,
  title: ({ act }) => act,
  from: ({ clientId }) => clientName(clientId),
  announcement: ({ clientId, wants, act }) => `${clientName(clientId)} ${wants}: ${act.replaceAll("`", "")}`,
  keywords: ({ clientId, sessionId, workDir, targetPreview }) => [
    clientId,
    sessionId ?? "",
    workDir,
    targetPreview,
  ],
  readAhead: ({ id }) => void loadRequest(id),
  PopupCard,
  Row: ManyRow,
};
