import type { WaitingItem } from "../waiting/contract.ts";
import { requestNotice, type Notice, type Wording } from "./notice.ts";
import { questionNotice } from "./question-notice.ts";

/** Whatever waits, in a notice of its own. */
export const itemNotice = (item: WaitingItem, wording: Wording): Notice =>
  item.kind === "permission" ? requestNotice(item, wording) : questionNotice(item, wording);
