import type { DecisionRecord, PermissionSummary } from "../../../../main/areas/permissions/contract.ts";
import { isSameDay } from "../../../ui/time.ts";
import { clientName } from "../outcome-words.ts";

export type Grouping = "none" | "client" | "session";

export type InboxRow =
  | {
      readonly kind: "heading";
      readonly key: string;
      readonly title: string;
      readonly ids: readonly string[];
    }
  | { readonly kind: "waiting"; readonly key: string; readonly request: PermissionSummary }
  | { readonly kind: "decided"; readonly key: string; readonly record: DecisionRecord };

const groupName = (request: PermissionSummary, grouping: Grouping) =>
  grouping === "client"
    ? clientName(request.clientId)
    : grouping === "session"
      ? request.sessionId
      : "Waiting";

const matches = (search: string, ...texts: readonly string[]) =>
  texts.some((text) => text.toLowerCase().includes(search));

interface Shown {
  readonly waiting: readonly PermissionSummary[];
  readonly decided: readonly DecisionRecord[];
  readonly grouping: Grouping;
  readonly search: string;
  readonly now: number;
}

/** The rows of the inbox: what waits, by group in the order of the longest wait, then what was decided today. */
export function inboxRows({ waiting, decided, grouping, search, now }: Shown): readonly InboxRow[] {
  const words = search.trim().toLowerCase();
  const groups = new Map<string, PermissionSummary[]>();
  for (const request of waiting) {
    const { act, targetPreview, clientId, sessionId, workDir } = request;
    if (words !== "" && !matches(words, act, targetPreview, clientId, sessionId, workDir)) continue;
    const name = groupName(request, grouping);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [request]);
    else group.push(request);
  }
  const rows: InboxRow[] = [];
  for (const [title, requests] of groups) {
    rows.push({ kind: "heading", key: `group ${title}`, title, ids: requests.map(({ id }) => id) });
    rows.push(...requests.map((request) => ({ kind: "waiting" as const, key: request.id, request })));
  }
  const today = decided.filter(
    (record) =>
      isSameDay(record.at, now) &&
      (words === "" || matches(words, record.act, record.targetPreview, record.clientId, record.sessionId)),
  );
  if (today.length > 0) rows.push({ kind: "heading", key: "decided", title: "Decided today", ids: [] });
  rows.push(...today.map((record) => ({ kind: "decided" as const, key: record.id, record })));
  return rows;
}

/** What comes into view once a request is settled: the next one that waits, else the one before. */
export function nextWaiting(rows: readonly InboxRow[], id: string): string | null {
  const waiting = rows.filter((row) => row.kind === "waiting").map(({ key }) => key);
  const index = waiting.indexOf(id);
  if (index === -1) return waiting[0] ?? null;
  return waiting[index + 1] ?? waiting[index - 1] ?? null;
}
