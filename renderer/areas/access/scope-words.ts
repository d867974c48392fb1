import type { AccessScope } from "../../../main/contract/principal.ts";

/** What each right lets its holder do, after "may". */
const WORDS: Readonly<Record<AccessScope, string>> = {
  ask: "ask for permission",
  follow: "see what waits and what goes on",
  run: "start and cancel runs",
  answer: "answer requests once",
  remember: "have answers remembered, and change what is",
  read: "read history, sessions and settings",
  write: "change sessions",
  configure: "change settings",
  admin: "make and revoke keys",
};

export const ALL_RIGHTS = Object.keys(WORDS) as AccessScope[];

export const rightWords = (scope: AccessScope): string => WORDS[scope];

/** With these a tool does what otherwise only you do. */
const POWERFUL: readonly AccessScope[] = ["answer", "remember", "configure", "admin"];

export const isPowerful = (scopes: readonly AccessScope[]): boolean =>
  scopes.some((scope) => POWERFUL.includes(scope));

export interface Preset {
  readonly id: "ask" | "follow" | "answer" | "custom";
  readonly label: string;
  readonly scopes: readonly AccessScope[];
}

export const PRESETS: readonly Preset[] = [
  { id: "ask", label: "Can ask", scopes: ["ask"] },
  { id: "follow", label: "Can ask and follow", scopes: ["ask", "follow"] },
  { id: "answer", label: "Can answer", scopes: ["ask", "follow", "answer"] },
  { id: "custom", label: "Custom", scopes: [] },
];

/** "may ask for permission, see what waits and what goes on" */
export function scopesSentence(scopes: readonly AccessScope[]): string {
  if (scopes.length === ALL_RIGHTS.length) return "may do everything you can do";
  const known = ALL_RIGHTS.filter((scope) => scopes.includes(scope));
  return known.length === 0 ? "may do nothing" : `may ${known.map(rightWords).join("; ")}`;
}
