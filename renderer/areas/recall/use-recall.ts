import { useCallback, useEffect, useMemo, useState } from "react";
import type { RecallAnswer, RecallHit, RecallQuestion } from "../../../main/areas/recall/contract.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { calls } from "./calls.ts";
import { useLatest } from "./use-latest.ts";

/** What narrows a search; as in the question itself. */
export type RecallFilters = Partial<
  Pick<
    RecallQuestion,
    "sessions" | "roles" | "clients" | "tags" | "since" | "until" | "memoriesOnly" | "limit"
  >
>;

export interface Recalled {
  readonly hits: readonly RecallHit[];
  /** What was searched because nothing matched as it was typed. */
  readonly instead: string | null;
  /** About how many messages are not searched yet. */
  readonly missing: number;
  readonly error: CallError | null;
  /** The hits are still those of what was typed before. */
  readonly isStale: boolean;
  /** Null: these are all. */
  readonly loadMore: (() => void) | null;
}

const ask = (question: string): Promise<RecallAnswer> =>
  calls.search(JSON.parse(question) as Parameters<typeof calls.search>[0]);

/** Everything that was said, searched while somebody types. Nothing is asked for an empty text. */
export function useRecall(query: string, filters: RecallFilters = {}): Recalled {
  const question =
    query.trim() === ""
      ? null
      : JSON.stringify({ ...filters, query, asYouType: true } satisfies RecallFilters & {
          query: string;
          asYouType: boolean;
        });
  const { answer, error, isStale } = useLatest(question, ask);
  const [more, setMore] = useState<{
    readonly of: RecallAnswer | null;
    readonly hits: readonly RecallHit[];
    readonly next: string | null;
    readonly error: CallError | null;
  } | null>(null);
  useEffect(() => setMore(null), [answer]);
  const following = more !== null && more.of === answer ? more : null;
  const next = following === null ? (answer?.next ?? null) : following.next;
  const loadMore = useCallback(() => {
    if (question === null || next === null) return;
    const known = following?.hits ?? [];
    ask(JSON.stringify({ ...(JSON.parse(question) as object), after: next })).then(
      (page) => setMore({ of: answer, hits: [...known, ...page.hits], next: page.next, error: null }),
      (caught: unknown) => setMore({ of: answer, hits: known, next, error: asCallError(caught) }),
    );
  }, [question, next, following, answer]);
  const hits = useMemo(() => [...(answer?.hits ?? []), ...(following?.hits ?? [])], [answer, following]);
  return {
    hits,
    instead: answer?.instead ?? null,
    missing: answer?.missing ?? 0,
    error: error ?? following?.error ?? null,
    isStale,
    loadMore: next === null || isStale ? null : loadMore,
  };
}
