import type { PermissionId, QuestionId, RunId } from "../../contract/ids.ts";
import type { WaitingItem, WaitingPermission } from "../waiting/contract.ts";
import type { Run } from "../runs/contract.ts";
import { quoted, quotedName, quotedPlace } from "../../contract/sentence.ts";
import { shortPlace } from "../inspection/place.ts";
import { plainText } from "./plain-text.ts";

/** `reply` comes with words; `choice:2` is the third of a question's choices. */
export type NoticeAction = "allow" | "deny" | "show" | "decline" | "reply" | `choice:${number}`;

export type NoticeSubject =
  | { readonly kind: "permission"; readonly id: PermissionId }
  | { readonly kind: "question"; readonly id: QuestionId }
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
  /** Where the platform has a field to write in. */
  readonly reply?: { readonly placeholder: string; readonly label: string };
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
const MAX_NAME = 40;
const NAMED_IN_SUMMARY = 4;

const show = { action: "show", label: "Show" } as const;
const look = { action: "show", label: "Look at it" } as const;
const deny = { action: "deny", label: "Deny" } as const;
const allow = { action: "allow", label: "Allow once" } as const;

export const waitingKey = "waiting";
export const itemKey = ({ kind, id }: Pick<WaitingItem, "kind" | "id">) => `${kind}:${id}`;

/** A name that could be read as words of ours is quoted. */
export function clientName(clientId: string): string {
  return clientId.trim() === "" ? "An agent" : quotedName(clientId.trim(), MAX_NAME);
}

/** "in ~/app": the same words mean another thing in another folder. Gatehouse itself is in none. */
export function placeWords(item: WaitingItem): string {
  const isPlaceless =
    item.workDir === "" ||
    (item.kind === "permission" && item.tool === "gatehouse" && item.action === "loosen");
  return isPlaceless ? "" : `in ${quotedPlace(shortPlace(item.workDir))}`;
}

/**
 * What may be allowed by those who have read `words` and nothing else: they say all that would be done, none of them is
 * cut off, and not much is at stake.
 */
export const mayAllowUnseen = ({ sight, riskLevel }: WaitingPermission, words: string): boolean =>
  sight === "act" && riskLevel !== "high" && !words.includes("…");

export function requestNotice(request: WaitingPermission, { privacy, sound }: Wording): Notice {
  const who = clientName(request.clientId);
  const title = plainText(`${who} ${privacy ? "asks for permission" : request.wants}`, TITLE_LENGTH);
  const body = requestBody(request);
  return {
    key: itemKey(request),
    subject: { kind: "permission", id: request.id },
    title,
    body: privacy ? plainText(request.tool, BODY_LENGTH) : body,
    actions: !privacy && mayAllowUnseen(request, title + body) ? [allow, deny, show] : [look, deny],
    isWaiting: true,
    hasSound: sound,
  };
}

function requestBody(request: WaitingPermission): string {
  const place = placeWords(request);
  const act = plainText(`${place === "" ? "" : `${capitalised(place)}: `}${request.act}`, BODY_LENGTH);
  if (request.sight === "none") return `${act} — can't be shown whole`;
  return request.riskLevel === "high" ? `${act} — high risk, look before you allow it` : act;
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** One notice for several; answering them needs a look. */
export function waitingNotice(requests: readonly WaitingItem[], { privacy, sound }: Wording): Notice {
  const named = requests.slice(0, NAMED_IN_SUMMARY).map((request) => summaryLine(request, privacy));
  const rest = requests.length - named.length;
  return {
    key: waitingKey,
    subject: { kind: "waiting" },
    title: `${requests.length} ${waitingNoun(requests)} wait for you`,
    body: (rest > 0 ? [...named, `and ${rest} more`] : named).join("\n"),
    actions: [show],
    isWaiting: true,
    hasSound: sound,
  };
}

function summaryLine(item: WaitingItem, privacy: boolean): string {
  return `${clientName(item.clientId)}: ${plainText(privacy ? privateWords(item) : itemWords(item), 60)}`;
}

/** What it is about, in one line. */
export const itemWords = (item: WaitingItem): string =>
  item.kind === "permission" ? item.act : quoted(item.text, 200);

const privateWords = (item: WaitingItem): string => (item.kind === "permission" ? item.tool : "a question");

/** "requests", or "questions" where there is nothing else. */
export function waitingNoun(items: readonly WaitingItem[]): string {
  const noun = items.every(({ kind }) => kind === "question") ? "question" : "request";
  return items.length === 1 ? noun : `${noun}s`;
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
