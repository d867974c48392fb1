import type { Decider, Outcome, Scope } from "../../../main/areas/permissions/contract.ts";

const outcomes: Readonly<Record<Outcome, string>> = {
  allowed: "Allowed",
  denied: "Denied",
  expired: "Expired",
  withdrawn: "Withdrawn",
};

const places: Readonly<Record<Decider["kind"], string>> = {
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

export const outcomeWord = (outcome: Outcome) => outcomes[outcome];
export const scopeWords = (scope: Scope) => scopes[scope];

/** Who or what decided: "in the window", "over the API by ci-bot". */
export function deciderWords({ kind, name }: Decider): string {
  const isNamed = name !== "" && name !== kind;
  if (kind === "api" && isNamed) return `${places.api} by ${name}`;
  if (kind === "policy" && isNamed) return `by the rule “${name}”`;
  return places[kind];
}

interface Settled {
  readonly outcome: Outcome;
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

/** What is said beside the outcome. A time-out's words are for the agent: the outcome says the same to a person. */
export function noteOf({
  decidedBy,
  reason,
}: {
  readonly decidedBy: Decider | null;
  readonly reason: string | null;
}): string | null {
  return decidedBy?.kind === "timeout" || reason === "" ? null : reason;
}

/** Whoever asks, as it calls itself. */
export const clientName = (clientId: string) => (clientId === "" ? "An unnamed client" : clientId);
