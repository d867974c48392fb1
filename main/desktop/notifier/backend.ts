import type { Notice, NoticeAction } from "../../areas/notifications/notice.ts";

/** Called with what the person pressed; `show` for a click on the notice itself, `words` with `reply`. */
export type OnNoticeAction = (notice: Notice, action: NoticeAction, words?: string) => void;

/**
 * What puts notices on the screen.
 *
 * Contract: calls take effect in order and never throw; a notice that cannot be shown costs nothing but itself,
 * because tray and window say the same. Only a press of the person calls `onAction`: never a time-out or a dismissal.
 */
export interface NoticeBackend {
  /** Takes the place of the notice with the key `replaces`, if that is on screen. */
  show(notice: Notice, replaces: string | null): void;
  withdraw(key: string): void;
  stop(): Promise<void>;
}
