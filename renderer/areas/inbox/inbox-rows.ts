import type { DecisionRecord } from "../../../main/areas/permissions/contract.ts";
import type { WaitingItem } from "../../../main/areas/waiting/contract.ts";
import { isSameDay } from "../../ui/time.ts";
import { answerableTogether, kindOf } from "../waiting.ts";

export type Grouping = "none" | "client" | "session";

export type InboxRow =
  | {
      readonly kind: "heading";
      readonly key: string;
      readonly title: string;
      readonly ids: readonly string[];
    }
  | { readonly kind: "waiting"; readonly key: string; readonly item: WaitingItem }
  | { readonly kind: "decided"; readonly key: string; readonly record: DecisionRecord };

const groupName = (item: WaitingItem, grouping: Grouping) => {
  if (grouping === "none") return "Waiting";
  const from = kindOf(item).from(item);
  return grouping === "client" ? from : (item.sessionId ?? from);
};

const matches = (search: string, ...texts: readonly (string | null)[]) =>
  texts.some((text) => text?.toLowerCase().includes(search));

interface Shown {
  readonly waiting: readonly WaitingItem[];
  readonly decided: readonly DecisionRecord[];
  readonly grouping: Grouping;
  readonly search: string;
  readonly now: number;
}

/** The rows of the inbox: what waits, by group in the order of the longest wait, then what was decided today. */
export function inboxRows({ waiting, decided, grouping, search, now }: Shown): readonly InboxRow[] {
  const words = search.trim().toLowerCase();
  const groups = new Map<string, WaitingItem[]>();
  for (const item of waiting) {
    const { title, keywords } = kindOf(item);
    if (words !== "" && !matches(words, title(item), ...keywords(item))) continue;
    const name = groupName(item, grouping);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  const rows: InboxRow[] = [];
  for (const [title, items] of groups) {
    rows.push({
      kind: "heading",
      key: `group ${title}`,
      title,
      ids: answerableTogether(items).map(({ id }) => id),
    });
    rows.push(...items.map((item) => ({ kind: "waiting" as const, key: item.id, item })));
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

/** What comes into view once something is settled: the next one that waits, else the one before. */
export function nextWaiting(rows: readonly InboxRow[], id: string): string | null {
  const waiting = rows.filter((row) => row.kind === "waiting").map(({ key }) => key);
  const index = waiting.indexOf(id);
  if (index === -1) return waiting[0] ?? null;
  return waiting[index + 1] ?? waiting[index - 1] ?? null;
}
