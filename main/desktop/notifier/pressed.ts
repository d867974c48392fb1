import type { Notice, NoticeAction } from "../../areas/notifications/notice.ts";

/** "default" is what servers call a click on the notice itself. */
export function pressedAction(notice: Notice, key: unknown): NoticeAction | null {
  if (key === "default") return "show";
  return notice.actions.find(({ action }) => action === key)?.action ?? null;
}
