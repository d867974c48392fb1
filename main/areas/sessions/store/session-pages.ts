import { matchQuery } from "../../../kernel/match-query.ts";
import type { Storage } from "../../../kernel/storage.ts";
import type { WordIndex } from "../../../kernel/word-index.ts";
import { parseCursor, type SessionRow } from "./rows.ts";

export interface SessionFilter {
  readonly search?: string | undefined;
  readonly tag?: string | undefined;
  readonly state?: "listed" | "archived" | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** What is deleted is in no list, also while that can be taken back. */
const IN_STATE = {
  listed: "archived_at IS NULL AND deleted_at IS NULL",
  archived: "archived_at IS NOT NULL AND deleted_at IS NULL",
} as const;
const BEFORE = "(updated_at, key) < (?, ?) ORDER BY updated_at DESC, key DESC LIMIT ?";
const TAGGED = "key IN (SELECT session_key FROM session_tags WHERE tag = ?)";
const FOUND = "key IN (SELECT rowid FROM sessions_words WHERE sessions_words MATCH ?)";

/** Pages of the list, read beside the writer. */
export function createSessionPages({ readers }: Pick<Storage, "readers">, words: WordIndex) {
  const statementsOf = (state: keyof typeof IN_STATE) => {
    const select = (...conditions: string[]) =>
      `SELECT * FROM sessions WHERE ${[...conditions, IN_STATE[state], BEFORE].join(" AND ")}`;
    return {
      all: readers.statement<[number, number, number], SessionRow>(select()),
      tagged: readers.statement<[string, number, number, number], SessionRow>(select(TAGGED)),
      found: readers.statement<[string, number, number, number], SessionRow>(select(FOUND)),
      foundTagged: readers.statement<[string, string, number, number, number], SessionRow>(
        select(FOUND, TAGGED),
      ),
    };
  };
  const statements = { listed: statementsOf("listed"), archived: statementsOf("archived") };
  // From one tag to the next, so that it makes no difference how many sessions have each.
  const tags = readers.statement<[number], { tag: string }>(
    `WITH RECURSIVE each (tag) AS (
       SELECT min(tag) FROM session_tags
       UNION ALL SELECT (SELECT min(tag) FROM session_tags WHERE tag > each.tag) FROM each WHERE each.tag IS NOT NULL
     ) SELECT tag FROM each WHERE tag IS NOT NULL LIMIT ?`,
  );

  return {
    async rows({ search, tag, state = "listed", limit, after }: SessionFilter): Promise<SessionRow[]> {
      const query = search === undefined ? null : matchQuery(search);
      const { at, key } =
        after === undefined
          ? { at: Number.MAX_SAFE_INTEGER, key: Number.MAX_SAFE_INTEGER }
          : parseCursor(after);
      const { all, tagged, found, foundTagged } = statements[state];
      if (query === null) return tag === undefined ? all([at, key, limit]) : tagged([tag, at, key, limit]);
      await words.caughtUp();
      if (tag === undefined) return found([query, at, key, limit]);
      return foundTagged([query, tag, at, key, limit]);
    },
    tags: async (most: number): Promise<string[]> => (await tags([most])).map(({ tag }) => tag),
  };
}
