import { clientName, mayAllowUnseen, placeWords, waitingNoun } from "../../areas/notifications/notice.ts";
import { mayChooseUnseen } from "../../areas/notifications/question-notice.ts";
import { plainText } from "../../areas/notifications/plain-text.ts";
import type { Answer } from "../../areas/questions/contract.ts";
import type { WaitingItem, WaitingPermission, WaitingQuestion } from "../../areas/waiting/contract.ts";
import type { PermissionId, QuestionId } from "../../contract/ids.ts";

export interface TraySituation {
  /** Oldest first. */
  readonly waiting: readonly WaitingItem[];
  readonly activeRuns: number;
  /** What is wrong, in a few words. */
  readonly trouble: string | null;
  /** Local time up to which notifications are held back, such as `15:30`. */
  readonly pausedUntil: string | null;
}

export type TrayAct =
  | { readonly type: "decide"; readonly id: PermissionId; readonly decision: "allow" | "deny" }
  | { readonly type: "answer"; readonly id: QuestionId; readonly answer: Answer }
  | { readonly type: "decline"; readonly id: QuestionId }
  | { readonly type: "show"; readonly id: string }
  | { readonly type: "open_inbox" }
  | { readonly type: "open_window" }
  | { readonly type: "open_diagnostics" }
  | { readonly type: "new_run" }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  | { readonly type: "quit" };

export type TrayEntry =
  | { readonly kind: "line"; readonly id: string }
  | { readonly kind: "text"; readonly id: string; readonly label: string }
  | { readonly kind: "item"; readonly id: string; readonly label: string; readonly act: TrayAct }
  | {
      readonly kind: "menu";
      readonly id: string;
      readonly label: string;
      readonly entries: readonly TrayEntry[];
    };

export type TrayIcon = "idle" | "working" | "needs-you" | "trouble";

export interface TrayModel {
  readonly icon: TrayIcon;
  /** Requests that wait. */
  readonly count: number;
  readonly tooltip: string;
  readonly menu: readonly TrayEntry[];
}

const MAX_IN_MENU = 12;
const MAX_CHOICES = 9;
const LABEL_LENGTH = 110;

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

function statusText({ waiting, activeRuns, trouble }: TraySituation): string {
  if (waiting.length > 0) {
    return `${waiting.length} ${waitingNoun(waiting)} ${waiting.length === 1 ? "waits" : "wait"} for you`;
  }
  if (trouble !== null) return plainText(trouble, LABEL_LENGTH);
  return activeRuns > 0 ? `${counted(activeRuns, "run", "runs")} at work` : "Nothing waits for you";
}

function iconOf({ waiting, activeRuns, trouble }: TraySituation): TrayIcon {
  if (waiting.length > 0) return "needs-you";
  if (trouble !== null) return "trouble";
  return activeRuns > 0 ? "working" : "idle";
}

/** Who and where, as the beginning of a line. */
const whoWhere = (item: WaitingItem) => `${clientName(item.clientId)} ${placeWords(item)}`.trim();

/** Choices stand in the menu where it says all there is to know; words are written in the popup. */
function questionMenu(question: WaitingQuestion): TrayEntry {
  const { id, choices, text } = question;
  const label = plainText(`${whoWhere(question)} asks: ${text}`, LABEL_LENGTH);
  const offered = mayChooseUnseen(question, label) && choices.length <= MAX_CHOICES ? choices : [];
  return {
    kind: "menu",
    id: `question:${id}`,
    label,
    entries: [
      ...offered.map(({ value, label: words }, at): TrayEntry => ({
        kind: "item",
        id: `choice:${at}:${id}`,
        label: words,
        act: { type: "answer", id, answer: { kind: "choices", values: [value] } },
      })),
      ...(offered.length > 0 ? [{ kind: "line", id: `line:choices:${id}` } as const] : []),
      { kind: "item", id: `show:${id}`, label: "Answer…", act: { type: "show", id } },
      { kind: "item", id: `decline:${id}`, label: "Decline", act: { type: "decline", id } },
    ],
  };
}

const itemMenu = (item: WaitingItem): TrayEntry =>
  item.kind === "permission" ? requestMenu(item) : questionMenu(item);

function requestMenu(request: WaitingPermission): TrayEntry {
  const { id } = request;
  const label = plainText(`${whoWhere(request)}: ${request.act}`, LABEL_LENGTH);
  const allow: TrayEntry = {
    kind: "item",
    id: `allow:${id}`,
    label: "Allow once",
    act: { type: "decide", id, decision: "allow" },
  };
  // Whatever the menu does not say whole has to be looked at before it is allowed.
  const look: TrayEntry = { kind: "item", id: `show:${id}`, label: "Look at it…", act: { type: "show", id } };
  return {
    kind: "menu",
    id: `request:${id}`,
    label,
    entries: [
      ...(mayAllowUnseen(request, label) ? [allow] : []),
      { kind: "item", id: `deny:${id}`, label: "Deny", act: { type: "decide", id, decision: "deny" } },
      { kind: "line", id: `line:${id}` },
      look,
    ],
  };
}

function requestEntries(waiting: readonly WaitingItem[]): readonly TrayEntry[] {
  if (waiting.length === 0) return [];
  const more = waiting.length - MAX_IN_MENU;
  return [
    ...waiting.slice(0, MAX_IN_MENU).map(itemMenu),
    ...(more > 0
      ? [
          {
            kind: "item",
            id: "more",
            label: `${more} more in the inbox…`,
            act: { type: "open_inbox" },
          } as const,
        ]
      : []),
    { kind: "line", id: "line:requests" },
  ];
}

/** Icon, words and menu follow from the situation alone, so the same situation always looks the same. */
export function trayModel(situation: TraySituation): TrayModel {
  const { waiting, activeRuns, trouble, pausedUntil } = situation;
  const status = statusText(situation);
  const alsoRuns =
    waiting.length > 0 && activeRuns > 0 ? `, ${counted(activeRuns, "run", "runs")} at work` : "";
  return {
    icon: iconOf(situation),
    count: waiting.length,
    tooltip: `Gatehouse — ${status}${alsoRuns}`,
    menu: [
      { kind: "text", id: "status", label: status },
      { kind: "line", id: "line:status" },
      ...requestEntries(waiting),
      ...(trouble === null
        ? []
        : [
            {
              kind: "item",
              id: "trouble",
              label: "What is wrong…",
              act: { type: "open_diagnostics" },
            } as const,
          ]),
      { kind: "item", id: "open", label: "Open Gatehouse", act: { type: "open_window" } },
      { kind: "item", id: "new-run", label: "New run…", act: { type: "new_run" } },
      pausedUntil === null
        ? { kind: "item", id: "pause", label: "Pause notifications for 1 hour", act: { type: "pause" } }
        : {
            kind: "item",
            id: "resume",
            label: `Resume notifications (paused until ${pausedUntil})`,
            act: { type: "resume" },
          },
      { kind: "line", id: "line:quit" },
      { kind: "item", id: "quit", label: "Quit Gatehouse", act: { type: "quit" } },
    ],
  };
}
