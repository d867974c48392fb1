import type { SqliteDatabase } from "../../../kernel/database.ts";

/** Where a session stands among others: up to `parent_position` its messages are its parent's. */
export interface Kinship {
  readonly key: number;
  readonly parent_key: number | null;
  readonly parent_position: number | null;
}

/** A part of a session's messages, and under which session they are kept. */
export interface Span {
  readonly key: number;
  readonly from: number;
  /** The first place after it. */
  readonly to: number;
}

/** The place of its first message of its own. */
export const startOf = ({ parent_position }: Kinship): number => parent_position ?? 0;

/**
 * Whose messages a session has: its own, and before them those it shares. Costs one look-up for each session on the way
 * to the place that is asked for, and none for a session without a parent.
 */
export function createLineage(db: SqliteDatabase) {
  const kinOf = db.prepare<[number], Kinship>(
    "SELECT key, parent_key, parent_position FROM sessions WHERE key = ?",
  );

  /** The session and its ancestors, each with the place up to which what it has counts here. */
  function* line(session: Kinship): Generator<{ readonly session: Kinship; readonly to: number }> {
    let to = Number.MAX_SAFE_INTEGER;
    for (let kin: Kinship | undefined = session; kin !== undefined;) {
      yield { session: kin, to };
      to = Math.min(to, startOf(kin));
      kin = kin.parent_key === null ? undefined : kinOf.get(kin.parent_key);
    }
  }

  return {
    line,
    /** The session that keeps the last of the first messages of another one; the other one itself when there are none. */
    ownerOf(session: Kinship, shared: number): Kinship {
      for (const { session: kin } of line(session)) if (startOf(kin) < shared) return kin;
      return session;
    },
    /** What there is from this place on, in order. */
    spans(session: Kinship, from: number): Span[] {
      const spans: Span[] = [];
      for (const { session: kin, to } of line(session)) {
        const start = Math.max(from, startOf(kin));
        if (start < to) spans.unshift({ key: kin.key, from: start, to });
        if (startOf(kin) <= from) break;
      }
      return spans;
    },
  };
}

export type Lineage = ReturnType<typeof createLineage>;
