import { createHash } from "node:crypto";
import * as z from "zod";
import type { GrantId } from "../../contract/ids.ts";
import type { Subject } from "../inspection/contract.ts";
import { partName } from "../inspection/reach/part-name.ts";
import type { Choice, Grant, PermissionSummary, Scope } from "./contract.ts";
import { shortPlace } from "../inspection/place.ts";
import { quoted, quotedName, quotedPlace } from "../../contract/sentence.ts";

export type GrantScope = Grant["scope"];

/** Where a call comes from and what it is, as far as remembering goes. */
export interface Asked {
  readonly clientId: string;
  /** Of an asker that has a key: what is remembered is for the key, and nobody else of that name has it. */
  readonly keyId: string | null;
  readonly sessionId: string | null;
  readonly tool: string;
  readonly workDir: string;
  readonly subject: Subject;
  readonly riskLevel: PermissionSummary["riskLevel"];
}

export interface RememberedGrant {
  readonly grant: Grant;
  /** SHA-256 of what the target's words leave open: a script's content, or the exact arguments. */
  readonly boundTo: string | null;
}

const TIMED_MINUTES = { minutes_15: 15, minutes_30: 30, minutes_60: 60 } as const;

/** Broadest first: the order in which grants are looked for (Glue contract 4.2). */
const LOOKUP_ORDER: readonly GrantScope[] = [
  "forever",
  "minutes_60",
  "minutes_30",
  "minutes_15",
  "session",
  "session_target",
];

const isOfSession = (scope: GrantScope) => scope === "session" || scope === "session_target";
const WITHOUT_SESSION = LOOKUP_ORDER.filter((scope) => !isOfSession(scope));

/**
 * Whose grant it is: the client's, else the session's (Glue contract 4.3). Terminal clients call themselves by their
 * process id, which no later call will ever have again, so the number is left out.
 */
export function ownerOf({
  keyId,
  clientId,
  sessionId,
}: Pick<Asked, "keyId" | "clientId" | "sessionId">): string {
  if (keyId !== null) return ownerWithKey(keyId);
  const client = clientId.trim().replace(/^(cli|dashboard):\d+$/, "$1");
  return client === "" ? `session:${sessionId?.trim() ?? ""}` : `client:${client}`;
}

export const ownerWithKey = (keyId: string): string => `key:${keyId}`;

/**
 * For whom an answer can be remembered at all, in the order of looking it up: without a session not for a session, and
 * not for somebody who has neither a session nor a name.
 */
export function scopesOf({
  clientId,
  sessionId,
}: Pick<Asked, "clientId" | "sessionId">): readonly GrantScope[] {
  if (sessionId !== null) return LOOKUP_ORDER;
  return clientId.trim() === "" ? [] : WITHOUT_SESSION;
}

/** The parts that must be equal for a grant to cover a call, joined by NUL (Glue contract 4.3). */
export function grantKey(scope: GrantScope, asked: Asked): string {
  const owner = ownerOf(asked);
  const { action, target } = asked.subject;
  switch (scope) {
    case "session":
      return [owner, asked.sessionId ?? "", asked.tool, action].join("\0");
    case "session_target":
      return [owner, asked.sessionId ?? "", asked.tool, action, target].join("\0");
    case "minutes_15":
    case "minutes_30":
    case "minutes_60":
    case "forever":
      return [owner, asked.tool, action, target].join("\0");
  }
}

/** The same grant given twice has the same id: 16 hex digits of SHA-256 over scope and key (Glue contract 4.4). */
export function grantId(scope: GrantScope, key: string): GrantId {
  return `grant_${createHash("sha256").update(`${scope}\0${key}`).digest("hex").slice(0, 16)}` as GrantId;
}

/** Whether a grant for more than one very call may cover this one. What is of high risk is asked each time. */
const isWithinWide = ({ subject, riskLevel }: Asked) => subject.remember === "wide" && riskLevel !== "high";

/**
 * Whether a grant found under the call's id really covers it, as long as it holds: given for this very call, for the
 * same folder, nothing that is allowed only once, and neither beyond what a wide grant covers nor for a script that has
 * changed since.
 */
export function grantCovers({ grant, boundTo }: RememberedGrant, asked: Asked): boolean {
  if (!isOfSameCall(grant, asked) || !scopesOf(asked).includes(grant.scope)) return false;
  if (grant.workDir !== asked.workDir) return false;
  if (asked.subject.remember === "once") return false;
  if (grant.scope === "session") return isWithinWide(asked);
  return bindingOf(asked.subject) === boundTo;
}

/** One text for all that must be the same. Names are in it, so that a change can be told. */
function bindingOf({ fingerprint, execution }: Subject): string | null {
  const scripts = execution?.scripts ?? [];
  if (scripts.length === 0) return fingerprint ?? null;
  const parts = scripts.map((one) => [partName(one), one.digest]);
  return JSON.stringify({ call: fingerprint ?? null, parts: parts.toSorted(byName) });
}

const byName = ([a = ""]: readonly string[], [b = ""]: readonly string[]): number =>
  a < b ? -1 : a > b ? 1 : 0;

const Binding = z.object({ call: z.string().nullable(), parts: z.array(z.tuple([z.string(), z.string()])) });

/**
 * What of a call that was allowed for as long as it stays the same is another now, by name; null if the grant is not
 * for this very call, or covers it.
 */
export function changedSince({ grant, boundTo }: RememberedGrant, asked: Asked): readonly string[] | null {
  if (!isOfSameCall(grant, asked) || grant.scope === "session" || grant.workDir !== asked.workDir)
    return null;
  const [before, now] = [bindingIn(boundTo), bindingIn(bindingOf(asked.subject))];
  if (before === null || now === null || before.call !== now.call) return null;
  const [was, is] = [new Map(before.parts), new Map(now.parts)];
  const others = [...is.keys()].filter((name) => was.get(name) !== is.get(name));
  const gone = [...was.keys()].filter((name) => !is.has(name));
  if (others.length + gone.length === 0) return null;
  // What is no longer led to has not changed itself: something else, which is told, leads elsewhere now.
  return others.length === 0 ? gone : toldOnce(others);
}

/** A script of package.json tells more than that file, which changed with it. */
const toldOnce = (names: readonly string[]) =>
  names.filter((name) => !names.some((other) => other.startsWith(`${name}'s `)));

/** Null: bound to no part by name. */
function bindingIn(text: string | null): z.output<typeof Binding> | null {
  if (text?.startsWith("{") !== true) return null;
  return Binding.parse(JSON.parse(text));
}

/** Ids are short enough that two calls with the same one can be made up. */
function isOfSameCall(grant: Grant, asked: Asked): boolean {
  const { sessionId, tool, subject } = asked;
  return (
    grant.owner === ownerOf(asked) &&
    grant.tool === tool &&
    grant.action === subject.action &&
    (grant.scope === "session" || grant.target === subject.target) &&
    (grant.sessionId === null || grant.sessionId === sessionId)
  );
}

/** How long a grant of this scope lasts in milliseconds; null for as long as it is not revoked. */
export function grantLastsMs(scope: GrantScope): number | null {
  return scope in TIMED_MINUTES ? TIMED_MINUTES[scope as keyof typeof TIMED_MINUTES] * 60_000 : null;
}

/**
 * What may be remembered of a call, each in a sentence that says exactly that: for this very call, the shortest first,
 * and last what would cover others too.
 */
export function choicesFor(
  asked: Asked,
  words: { readonly thing: string; readonly place: string },
): Choice[] {
  const once: Choice = { scope: "once", sentence: "Only this one" };
  const { remember, execution } = asked.subject;
  if (remember === "once") return [once];
  const scripts = execution?.scripts.length ?? 0;
  const asItIs = scripts === 0 ? "" : scripts === 1 ? " as the script is now" : " as the scripts are now";
  const inPlace = `${words.thing}${asItIs}${whereOf(asked, words.place)}`;
  const wide: Choice = {
    scope: "session",
    sentence: `${everyCall(asked)} in ${words.place}, for this session`,
    beyond: `Until this session ends, ${laterCalls(asked)} in ${words.place} will not be asked about. High risk always is.`,
  };
  const all: Choice[] = [
    { scope: "session_target", sentence: `${inPlace}, for this session` },
    ...(["minutes_15", "minutes_30", "minutes_60"] as const).map((scope) => ({
      scope,
      sentence: `${inPlace}, for ${TIMED_MINUTES[scope]} minutes`,
    })),
    { scope: "forever", sentence: `${inPlace}, always` },
    ...(isWithinWide(asked) ? [wide] : []),
  ];
  const possible: readonly Scope[] = scopesOf(asked);
  return [once, ...all.filter(({ scope }) => possible.includes(scope))];
}

/** A call that runs in a folder of its own names that folder itself. */
const whereOf = ({ subject }: Asked, place: string): string =>
  subject.execution?.folder === undefined ? ` in ${place}` : "";

/** What `remember: "wide"` means for commands, in words. */
const coveredCommands = "known command that only reads or writes files";

function everyCall(asked: Asked): string {
  if (asked.subject.execution !== undefined) return `Every ${coveredCommands}`;
  return `Every ${quoted(asked.tool, 80)}`;
}

function laterCalls(asked: Asked): string {
  if (asked.subject.execution !== undefined) return `every ${coveredCommands}`;
  return `every use of ${quoted(asked.tool, 80)}`;
}

/** "claude-code may run `npm test` in ~/app" */
export function grantSentence(
  scope: GrantScope,
  asked: Asked,
  words: { readonly act: string; readonly place: string },
): string {
  const { keyId, clientId } = asked;
  const owner = keyId === null ? ownerOf(asked) : `client:${clientId}`;
  const isClient = owner.startsWith("client:");
  const name = quotedName(owner.slice(owner.indexOf(":") + 1));
  const who = isClient ? name : `session ${name}`;
  const what =
    scope === "session"
      ? asked.subject.execution !== undefined
        ? `run every ${coveredCommands}`
        : `use ${quoted(asked.tool, 80)} on anything`
      : words.act;
  return `${who} may ${what}${scope === "session" ? ` in ${words.place}` : whereOf(asked, words.place)}`;
}

/** What an answer of this scope leaves behind. `act` is the presentation's word for the call. */
export function rememberedGrant(scope: GrantScope, asked: Asked, act: string, now: number): RememberedGrant {
  const lastsMs = grantLastsMs(scope);
  const isBoundToSession = isOfSession(scope) || asked.clientId.trim() === "";
  const { action, target } = asked.subject;
  return {
    grant: {
      id: grantId(scope, grantKey(scope, asked)),
      scope,
      owner: ownerOf(asked),
      clientId: asked.clientId,
      sessionId: isBoundToSession ? asked.sessionId : null,
      tool: asked.tool,
      action,
      target,
      workDir: asked.workDir,
      sentence: grantSentence(scope, asked, { act, place: quotedPlace(shortPlace(asked.workDir)) }),
      createdAt: now,
      expiresAt: lastsMs === null ? null : now + lastsMs,
      lastUsedAt: null,
      useCount: 0,
    },
    boundTo: bindingOf(asked.subject),
  };
}

export function isRememberable(scope: Scope, choices: readonly Choice[]): boolean {
  return choices.some((choice) => choice.scope === scope);
}
