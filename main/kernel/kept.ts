/** Something an area keeps that may be let go when it is old, or too much. */
export interface Kept {
  /** What the settings and people call it. */
  readonly kind: string;
  /** Where it lies; names of indexes are told by their table. */
  readonly tables: readonly string[];
  /**
   * Lets go of a little of what was done with before `before` (epoch milliseconds), the oldest first, in a few
   * milliseconds, and commits that. Returns how many bytes that were, about; 0 when nothing is left to let go.
   *
   * Contract: never what waits, goes on or is pinned.
   */
  letGo(before: number): number;
}
