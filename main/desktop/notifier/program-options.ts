import * as z from "zod";
import { sentenceParts } from "../../contract/sentence.ts";
import type { Notice, NoticeAction } from "../../areas/notifications/notice.ts";

export interface ProgramPlace {
  readonly platform: NodeJS.Platform;
  readonly iconPath: string;
  readonly appId: string;
}

const WAITS_SECONDS = 3600;
const SHOWS_SECONDS = 10;

/**
 * node-notifier hands these on to a program as its arguments, on Linux through a shell. What a sentence quotes stands
 * between “ and ”, which nothing else does.
 */
function quotable(text: string): string {
  const parts = sentenceParts(text).map((part) => {
    const plain = part.text.replace(unfit, "'");
    return part.isQuoted ? `“${plain}”` : plain;
  });
  return parts.join("").replace(/^-+/, "").trim();
}

const unfit = /[“”"`$\\]/g;

/** Read otherwise than it was meant, it has not been read. */
const isChanged = ({ title, body }: Notice): boolean =>
  [title, body].some((text) => text.startsWith("-") || text.replaceAll("`", "").search(unfit) >= 0);

/** What may be pressed by those who have read the words and nothing else. */
const decidesUnseen = (action: NoticeAction) => action === "allow" || action.startsWith("choice:");

/** The words of macOS's and Windows' own buttons; `show` is a click on the notice itself. */
const buttons = (notice: Notice) =>
  notice.actions
    .filter(({ action }) => action !== "show" && !(decidesUnseen(action) && isChanged(notice)))
    .map(({ label }) => label);

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
        // It has one of them: a field to write in, or buttons.
        ...(notice.reply !== undefined && !isChanged(notice)
          ? { reply: true }
          : actions.length > 0
            ? { actions, dropdownLabel: "Answer" }
            : {}),
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

/** What the person pressed. */
export interface Pressed {
  readonly action: NoticeAction;
  /** Of a reply. */
  readonly words?: string;
}

/** Contract: null unless it is beyond doubt. */
export function pressedOf(notice: Notice, response: string | undefined, metadata: unknown): Pressed | null {
  const facts = Metadata.safeParse(metadata).data ?? {};
  const type = (facts.activationType ?? facts.action ?? response ?? "").toLowerCase();
  if (type === "replied") {
    const words = facts.activationValue ?? "";
    return notice.reply === undefined || words.trim() === "" ? null : { action: "reply", words };
  }
  const label = type === "actionclicked" ? facts.activationValue : facts.button;
  if (label !== undefined) {
    const found = notice.actions.find((action) => action.label === label);
    return found === undefined ? null : { action: found.action };
  }
  return response === "activate" && clicks.has(type) ? { action: "show" } : null;
}
