import * as z from "zod";
import type { Notice, NoticeAction } from "../../areas/notifications/notice.ts";

export interface ProgramPlace {
  readonly platform: NodeJS.Platform;
  readonly iconPath: string;
  readonly appId: string;
}

const WAITS_SECONDS = 3600;
const SHOWS_SECONDS = 10;

/** node-notifier hands these on to a program as its arguments, on Linux through a shell. */
const quotable = (text: string) =>
  text
    .replace(/["`$\\]/g, "'")
    .replace(/^-+/, "")
    .trim();

/** The words of macOS's and Windows' own buttons; `show` is a click on the notice itself. */
const buttons = ({ actions }: Notice) =>
  actions.filter(({ action }) => action !== "show").map(({ label }) => label);

export function programOptions(notice: Notice, { platform, iconPath, appId }: ProgramPlace): object {
  const words = { title: quotable(notice.title), message: quotable(notice.body) || " " };
  const actions = buttons(notice);
  switch (platform) {
    case "darwin":
      return {
        ...words,
        group: notice.key,
        sound: notice.hasSound,
        contentImage: iconPath,
        ...(actions.length > 0 ? { actions, dropdownLabel: "Answer" } : {}),
        closeLabel: "Later",
        // Buttons work only as long as the program waits.
        timeout: notice.isWaiting ? WAITS_SECONDS : SHOWS_SECONDS,
      };
    case "win32":
      return {
        ...words,
        id: notice.key,
        appID: appId,
        icon: iconPath,
        sound: notice.hasSound,
        ...(actions.length > 0 ? { actions } : {}),
        wait: true,
      };
    default:
      return { ...words, icon: iconPath, "app-name": "Gatehouse" };
  }
}

const Metadata = z.object({
  /** macOS */
  activationType: z.string().optional(),
  activationValue: z.string().optional(),
  /** Windows */
  action: z.string().optional(),
  button: z.string().optional(),
});

const clicks = new Set(["contentsclicked", "clicked", "activate"]);

/** What the person pressed. Contract: null unless it is beyond doubt. */
export function pressedOf(
  notice: Notice,
  response: string | undefined,
  metadata: unknown,
): NoticeAction | null {
  const facts = Metadata.safeParse(metadata).data ?? {};
  const type = (facts.activationType ?? facts.action ?? response ?? "").toLowerCase();
  const label = type === "actionclicked" ? facts.activationValue : facts.button;
  if (label !== undefined) return notice.actions.find((action) => action.label === label)?.action ?? null;
  return response === "activate" && clicks.has(type) ? "show" : null;
}
