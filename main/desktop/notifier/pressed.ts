import type { Notice, NoticeAction } from "../../areas/notifications/notice.ts";

/** "default" is what servers call a click on the notice itself. */
export function pressedAction(notice: Notice, key: unknown): NoticeAction | null {
  if (key === "default") return "show";
  return notice.actions.find(({ action }) => action === key)?.action ?? null;
}

/** The body is a small HTML to many servers; what agents say must stay text. */
export function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
