import type { Decider } from "../../../main/contract/decider.ts";
import type {
  AskDoor,
  LedgerOutcome,
  PermissionSummary,
  Scope,
} from "../../../main/areas/permissions/contract.ts";
import { DENIED_BY_PERSON } from "../../../main/contract/denied.ts";
import { visibleText } from "../../../main/contract/visible-text.ts";

const outcomes: Readonly<Record<LedgerOutcome, string>> = {
  allowed: "Allowed",
  denied: "Denied",
  expired: "Expired",
  withdrawn: "Withdrawn",
  answered: "Answered",
  declined: "Declined",
};

const places: Readonly<Record<Exclude<Decider["kind"], "key" | "agent" | "client">, string>> = {
  popup: "in the popup",
  tray: "in the tray menu",
  notification: "in the notification",
  window: "in the window",
  cli: "on the command line",
  api: "over the API",
  policy: "by a rule",
  grant: "by a grant",
  timeout: "because nobody answered in time",
  system: "by Gatehouse",
};

const scopes: Readonly<Record<Scope, string>> = {
  once: "once",
  session: "for this session",
  session_target: "for this session and target",
  minutes_15: "for 15 minutes",
  minutes_30: "for 30 minutes",
  minutes_60: "for an hour",
  forever: "from now on",
};

export const everyOutcome = Object.keys(outcomes) as readonly LedgerOutcome[];
export const outcomeWord = (outcome: LedgerOutcome) => outcomes[outcome];
export const scopeWords = (scope: Scope) => scopes[scope];

/** What came to an end without anybody's answer, by the name the ledger gives the reason. */
const ends: Readonly<Record<string, string>> = {
  "settings file": "by hand, in the settings file",
  asker: "by whoever asked",
  left: "because nobody waited for the answer",
  cancel: "because its run was canceled",
  shutdown: "because Gatehouse was quitting",
  storage: "because it could not be put on record",
};

/** The ledger's name for calls that nobody was asked about, because they could not run. */
const CANNOT_RUN = "cannot run";

/** Who or what decided: "in the window", "with the key “ci-bot”". Names are proven, or there is none. */
export function deciderWords({ kind, name }: Decider): string {
  switch (kind) {
    case "key":
      return `with the key “${name}”`;
    case "agent":
      return `by the agent “${name}”`;
    case "client":
      return `by a client of ${name}`;
    case "policy":
      return name === "" ? places.policy : `by the rule “${name}”`;
    case "system":
      return name === CANNOT_RUN ? "without asking, because it could not run" : (ends[name] ?? places.system);
    default:
      return places[kind];
  }
}

interface Settled {
  readonly outcome: LedgerOutcome;
  readonly decidedBy: Decider | null;
  readonly scope: Scope | null;
}

/** "Allowed in the tray menu, for 15 minutes". */
export function settledSentence({ outcome, decidedBy, scope }: Settled): string {
  if (outcome === "expired") return "Expired: nobody answered in time";
  const by = decidedBy === null ? "" : ` ${deciderWords(decidedBy)}`;
  const remembered = outcome === "allowed" && scope !== null && scope !== "once" ? `, ${scopes[scope]}` : "";
  return `${outcomes[outcome]}${by}${remembered}`;
}

/** What is said beside the outcome. Some words are for the agent: the outcome says the same to a person. */
export function noteOf({
  decidedBy,
  reason,
}: {
  readonly decidedBy: Decider | null;
  readonly reason: string | null;
}): string | null {
  if (reason === "" || reason === DENIED_BY_PERSON) return null;
  const { kind, name } = decidedBy ?? { kind: null, name: "" };
  const isSaid = kind === "timeout" || kind === "policy" || (kind === "system" && name in ends);
  return isSaid ? null : reason;
}

const doors: Readonly<Record<Exclude<AskDoor, "run">, string>> = {
  hook: "hook",
  mcp: "MCP client",
  dialect: "client",
  api: "API",
};

type Origin = Pick<PermissionSummary, "door" | "sessionId" | "clientId" | "asker">;

/** "claude-code" for a run or a program, "hook of claude-code" for what stands between. */
export function askedBy({ door, clientId, asker }: Omit<Origin, "sessionId">): string {
  const who = visibleText(clientId.trim() || asker.name);
  if (door === "run") return clientName(who);
  if (door === "api") return who || "a program, over the API";
  return who === "" ? doors[door] : `${doors[door]} of ${who}`;
}

/** Where it comes from below its agent's name: the door if it is not a run, and the session. */
export function whence({ door, sessionId }: Pick<Origin, "door" | "sessionId">): string {
  const parts = [...(door === "run" ? [] : [doors[door]]), ...(sessionId === null ? [] : [sessionId])];
  return visibleText(parts.join(" · "));
}

/** What is asked for is a change of Gatehouse itself. No agent's call has both words: its action is its tool's name. */
export const isLasting = ({ tool, action }: Pick<PermissionSummary, "tool" | "action">) =>
  tool === "gatehouse" && action === "loosen";

/** Whoever asks, as it calls itself. */
export const clientName = (clientId: string) =>
  clientId === "" ? "An unnamed client" : visibleText(clientId);
