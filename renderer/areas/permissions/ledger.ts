import { useCallback, useEffect, useRef, useState } from "react";
import type { DecisionRecord, Outcome, permissions } from "../../../main/areas/permissions/contract.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { subscribe } from "../../client/subscribe.ts";
import { windowCalls } from "./window-calls.ts";

export interface LedgerFilter {
  readonly search: string;
  readonly outcome: Outcome | null;
}

interface Ledger {
  /** Newest first. */
  readonly records: readonly DecisionRecord[];
  readonly status: "loading" | "ready" | "failed";
  readonly error: CallError | null;
  readonly hasMore: boolean;
}

const pageSize = 100;
const empty: Ledger = { records: [], status: "loading", error: null, hasMore: false };

/** Whether a new row belongs to what is on screen. The daemon's own search may find more; it is asked for old rows. */
export function belongs(record: DecisionRecord, { search, outcome }: LedgerFilter): boolean {
  if (outcome !== null && record.outcome !== outcome) return false;
  const words = search.trim().toLowerCase();
  if (words === "") return true;
  return [
    record.act,
    record.targetPreview,
    record.clientId,
    record.sessionId,
    record.tool,
    record.workDir,
  ].some((text) => text.toLowerCase().includes(words));
}

/** New rows on top, each row once. */
export function withNew(
  records: readonly DecisionRecord[],
  added: readonly DecisionRecord[],
): readonly DecisionRecord[] {
  const known = new Set(records.map(({ id }) => id));
  const fresh = added.filter(({ id }) => !known.has(id)).reverse();
  return fresh.length === 0 ? records : [...fresh, ...records];
}

/** The ledger, page by page, growing at its top as decisions are made. */
export function useLedger({ search, outcome }: LedgerFilter) {
  const [ledger, setLedger] = useState<Ledger>(empty);
  const next = useRef<string | null>(null);
  const asking = useRef(0);

  const load = useCallback(
    async (isFirst: boolean) => {
      const mine = ++asking.current;
      const after = isFirst ? null : next.current;
      const words = search.trim();
      try {
        const page = await windowCalls.listDecided({
          limit: pageSize,
          ...(after === null ? {} : { after }),
          ...(words === "" ? {} : { search: words }),
          ...(outcome === null ? {} : { outcome }),
        });
        if (mine !== asking.current) return;
        next.current = page.next;
        setLedger((before) => ({
          records: isFirst ? page.decisions : [...before.records, ...page.decisions],
          status: "ready",
          error: null,
          hasMore: page.next !== null,
        }));
      } catch (caught) {
        if (mine !== asking.current) return;
        setLedger((before) => ({ ...before, status: "failed", error: asCallError(caught), hasMore: false }));
      }
    },
    [search, outcome],
  );

  useEffect(() => {
    void load(true);
    return subscribe<typeof permissions, Ledger>(
      "permissions",
      {
        asked: "ignore",
        settled: "ignore",
        granted: "ignore",
        revoked: "ignore",
        recorded: (before, record) =>
          belongs(record, { search, outcome })
            ? { ...before, records: withNew(before.records, [record]) }
            : before,
      },
      setLedger,
    );
  }, [load, search, outcome]);

  const isLoadingMore = useRef(false);
  const loadMore = useCallback(async () => {
    if (next.current === null || isLoadingMore.current) return;
    isLoadingMore.current = true;
    await load(false);
    isLoadingMore.current = false;
  }, [load]);

  return { ...ledger, loadMore: () => void loadMore(), reload: () => void load(true) };
}
