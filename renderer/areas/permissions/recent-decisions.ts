import type { DecisionRecord, permissions } from "../../../main/areas/permissions/contract.ts";
import { followedStore } from "../../client/followed-store.ts";
import { windowSnapshots } from "./window-calls.ts";

const kept = 200;

const isAsked = ({ permissionId, questionId }: DecisionRecord) =>
  permissionId !== null || questionId !== null;

/** The latest rows of the ledger that somebody was asked about, newest first. */
export function recorded(
  records: readonly DecisionRecord[],
  record: DecisionRecord,
): readonly DecisionRecord[] {
  const isKnown = records.some(({ id }) => id === record.id);
  if (!isAsked(record) || isKnown) return records;
  return [record, ...records].slice(0, kept);
}

export const useRecentDecisions = followedStore<typeof permissions, readonly DecisionRecord[]>({
  area: "permissions",
  empty: [],
  load: async () => {
    const { value, seq } = await windowSnapshots.listDecided({ limit: kept });
    return { value: value.decisions.filter(isAsked), seq };
  },
  reducers: {
    asked: "ignore",
    settled: "ignore",
    granted: "ignore",
    revoked: "ignore",
    loosened: "ignore",
    denying: "ignore",
    undone: "ignore",
    recorded,
  },
});
