import type { PermissionId, RunId } from "../../contract/ids.ts";
import type { WaitingItem } from "../waiting/contract.ts";
import type { Run } from "../runs/contract.ts";
import { plainText } from "./plain-text.ts";

export type NoticeAction = "allow" | "deny" | "show";

export type NoticeSubject =
  | { readonly kind: "permission"; readonly id: PermissionId }
  | { readonly kind: "waiting" }
  | { readonly kind: "run"; readonly id: RunId }
  | { readonly kind: "runs" }
  | { readonly kind: "loosened" };

/** What the person reads and may press, whatever shows it. */
export interface Notice {
  /** A later notice with the same key takes the place of this one. */
  readonly key: string;
  readonly subject: NoticeSubject;
  readonly title: string;
  readonly body: string;
  /** `show` is also what a click on the notice itself means. */
  readonly actions: readonly { readonly action: NoticeAction; readonly label: string }[];
  /** Stays until it is settled. */
  readonly isWaiting: boolean;
  readonly hasSound: boolean;
}

export interface Wording {
  readonly privacy: boolean;
  readonly sound: boolean;
}

const TITLE_LENGTH = 80;
const BODY_LENGTH = 240;
const NAMED_IN_SUMMARY = 4;

const show = { action: "show", label: "Show" } as const;
const deny = { action: "deny", label: "Deny" } as const;
const allow = { action: "allow", label: "Allow once" } as const;

export const waitingKey = "waiting";
export const requestKey = (id: PermissionId) => `permission:${id}`;

export function clientName(clientId: string): string {
  return plainText(clientId, 40) || "An agent";
}

/** Allowing needs to have been read: not when words are hidden or cut short, and not where much is at stake. */
function canAllowUnseen(request: WaitingItem, privacy: boolean): boolean {
  return !privacy && request.riskLevel !== "high" && !request.act.includes("…");
}

export function requestNotice(request: WaitingItem, { privacy, sound }: Wording): Notice {
  const who = clientName(request.clientId);
  return {
    key: requestKey(request.id),
    subject: { kind: "permission", id: request.id },
    title: plainText(`${who} ${privacy ? "asks for permission" : request.wants}`, TITLE_LENGTH),
    body: privacy ? plainText(request.tool, BODY_LENGTH) : requestBody(request),
    actions: canAllowUnseen(request, privacy) ? [allow, deny, show] : [show, deny],
    isWaiting: true,
    hasSound: sound,
  };
}

function requestBody(request: WaitingItem): string {
  const act = plainText(request.act, BODY_LENGTH);
  return request.riskLevel === "high" ? `${act} — high risk, look before you allow it` : act;
}

/** One notice for several requests; answering them needs a look. */
export function waitingNotice(requests: readonly WaitingItem[], { privacy, sound }: Wording): Notice {
  const named = requests.slice(0, NAMED_IN_SUMMARY).map((request) => summaryLine(request, privacy));
  const rest = requests.length - named.length;
  return {
    key: waitingKey,
    subject: { kind: "waiting" },
    title: `${requests.length} requests wait for you`,
    body: (rest > 0 ? [...named, `and ${rest} more`] : named).join("\n"),
    actions: [show],
    isWaiting: true,
    hasSound: sound,
  };
}

function summaryLine(request: WaitingItem, privacy: boolean): string {
  return `${clientName(request.clientId)}: ${plainText(privacy ? request.tool : request.act, 60)}`;
}

/** What goes through from now on. It needs no answer; what is not wanted is changed back where it was changed. */
export function loosenedNotice(sentences: readonly string[], { privacy, sound }: Wording): Notice {
  return {
    key: "loosened",
    subject: { kind: "loosened" },
    title: "The gate lets more through now",
    body: privacy ? "" : plainText(sentences.join(" "), BODY_LENGTH),
    actions: [show],
    isWaiting: false,
    hasSound: sound,
  };
}

export const runsKey = "runs";

export function runNotice(runs: readonly Run[], { privacy, sound }: Wording): Notice {
  const [run] = runs;
  if (run === undefined || runs.length > 1) return runsNotice(runs, sound);
  const who = clientName(run.clientId);
  return {
    key: runsKey,
    subject: { kind: "run", id: run.id },
    title: run.status === "failed" ? `A run of ${who} failed` : `A run of ${who} is done`,
    body: privacy ? "" : plainText(run.error?.message ?? run.title, BODY_LENGTH),
    actions: [show],
    isWaiting: false,
    hasSound: sound,
  };
}

function runsNotice(runs: readonly Run[], sound: boolean): Notice {
  const failed = runs.filter((run) => run.status === "failed").length;
  return {
    key: runsKey,
    subject: { kind: "runs" },
    title: `${runs.length} runs ended`,
    body: failed === 0 ? "" : `${failed} of them failed`,
    actions: [show],
    isWaiting: false,
    hasSound: sound,
  };
}
