import { AppError } from "../../../contract/errors.ts";
import { MAX_PAGE_CHARACTERS } from "../../../contract/limits.ts";
import { matchQuery } from "../../../kernel/match-query.ts";
import type { Readers, SqlValue } from "../../../kernel/readers.ts";
import type { Memory } from "../contract.ts";
import { toMemory, type MemoryRow } from "./rows.ts";

export interface MemoryFilter {
  /** Words looked for by their beginnings. */
  readonly search?: string | undefined;
  readonly tag?: string | undefined;
  readonly isPinned?: boolean | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

export interface MemoryPage {
  readonly memories: Memory[];
  readonly next: string | null;
}

const FOUND = "key IN (SELECT rowid FROM memories_words WHERE memories_words MATCH ?)";
const TAGGED = "key IN (SELECT memory_key FROM memory_tags WHERE tag = ?)";
const PINNED = "pinned = 1";
const NEWEST = "(created_at, key) < (?, ?) ORDER BY created_at DESC, key DESC LIMIT ?";
const TOP = { at: Number.MAX_SAFE_INTEGER, key: Number.MAX_SAFE_INTEGER };

/** Cursors are `<created_at>.<key>`, so a page continues where it stopped however much is added on top. */
function parseCursor(text: string): { at: number; key: number } {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(text);
  if (match === null) throw new AppError("request.invalid", 400, "This page of the list does not exist.");
  return { at: Number(match[1]), key: Number(match[2]) };
}

/** Pages of what is kept, newest first, read beside the writer. A page of long memories ends early. */
export function createMemoryPages(readers: Readers, caughtUp: () => Promise<void>) {
  const statementFor = (conditions: readonly string[]) =>
    readers.statement<readonly SqlValue[], MemoryRow>(
      `SELECT * FROM memories WHERE ${[...conditions, NEWEST].join(" AND ")}`,
    );
  const statements = new Map(
    [[], [FOUND]].flatMap((found) =>
      [[], [TAGGED]].flatMap((tagged) =>
        [[], [PINNED]].map((pinned) => {
          const conditions = [...found, ...tagged, ...pinned];
          return [conditions.join(), statementFor(conditions)] as const;
        }),
      ),
    ),
  );

  return async ({ search, tag, isPinned, limit, after }: MemoryFilter): Promise<MemoryPage> => {
    const query = search === undefined ? null : matchQuery(search);
    const conditions = [
      ...(query === null ? [] : [{ sql: FOUND, values: [query] }]),
      ...(tag === undefined ? [] : [{ sql: TAGGED, values: [tag] }]),
      ...(isPinned === true ? [{ sql: PINNED, values: [] }] : []),
    ];
    const { at, key } = after === undefined ? TOP : parseCursor(after);
    const read = statements.get(conditions.map(({ sql }) => sql).join());
    if (read === undefined) throw new Error("no such list of memories");
    if (query !== null) await caughtUp();
    const rows = await read([...conditions.flatMap(({ values }) => values), at, key, limit + 1]);
    let shown = 0;
    for (let characters = 0; shown < Math.min(rows.length, limit); shown += 1) {
      characters += rows[shown]?.content.length ?? 0;
      if (characters > MAX_PAGE_CHARACTERS && shown > 0) break;
    }
    const last = rows[shown - 1];
    const next = rows.length > shown && last !== undefined ? `${last.created_at}.${last.key}` : null;
    return { memories: rows.slice(0, shown).map(toMemory), next };
  };
}
