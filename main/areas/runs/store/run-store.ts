import { invalidRequest } from "../../../contract/errors.ts";
import type { RunId, SessionId } from "../../../contract/ids.ts";
import type { Clock } from "../../../kernel/clock.ts";
import { matchQuery } from "../../../kernel/match-query.ts";
import type { Storage } from "../../../kernel/storage.ts";
import { createWordIndex } from "../../../kernel/word-index.ts";
import type { Usage } from "../../sessions/contract.ts";
import type { Run, RunStatus } from "../contract.ts";

interface RunRow {
  key: number;
  id: string;
  session_id: string;
  client_id: string;
  title: string;
  status: RunStatus;
  detached: number;
  provider: string;
  model: string;
  started_at: number;
  ended_at: number | null;
  error_code: string | null;
  error_message: string | null;
  usage: string | null;
  tool_calls: number;
  last_seq: number;
}

export type RunStore = ReturnType<typeof createRunStore>;

export interface RunFilter {
  readonly search?: string | undefined;
  /** A run is written when it starts and when it ends, so all that go on are `queued` here. */
  readonly status?: "queued" | "done" | "failed" | "canceled" | undefined;
  readonly sessionId?: SessionId | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

const toRun = (row: RunRow): Run => ({
  id: row.id as RunId,
  sessionId: row.session_id as SessionId,
  clientId: row.client_id,
  title: row.title,
  status: row.status,
  detached: row.detached === 1,
  provider: row.provider,
  model: row.model,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? "" },
  usage: row.usage === null ? null : (JSON.parse(row.usage) as Usage),
  toolCalls: row.tool_calls,
  lastSeq: row.last_seq,
});

const endColumns = (run: Run) => [
  run.endedAt,
  run.error?.code ?? null,
  run.error?.message ?? null,
  run.usage === null ? null : JSON.stringify(run.usage),
  run.toolCalls,
  run.lastSeq,
];

export function createRunStore(storage: Storage, clock: Clock) {
  const { db, readers } = storage;
  const insert = db.prepare(
    `INSERT INTO runs (id, session_id, client_id, title, status, detached, provider, model, started_at, ended_at,
       error_code, error_message, usage, tool_calls, last_seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const words = createWordIndex(storage, clock, {
    index: "runs_words",
    table: "runs",
    columns: { title: "title", session: "session_id", client: "client_id" },
  });
  const end = db.prepare(
    `UPDATE runs SET status = ?, ended_at = ?, error_code = ?, error_message = ?, usage = ?, tool_calls = ?, last_seq = ?
     WHERE key = ?`,
  );
  const byId = db.prepare<[string], RunRow>("SELECT * FROM runs WHERE id = ?");
  const unended = db.prepare<[], RunRow>("SELECT * FROM runs WHERE status = 'queued' ORDER BY key");
  const newestOfSession = db
    .prepare<[string], number | null>("SELECT max(key) FROM runs WHERE session_id = ?")
    .pluck();
  const oldestOfSession = db.prepare<[string, number], { key: number; id: RunId }>(
    "SELECT key, id FROM runs WHERE session_id = ? AND key <= ? ORDER BY key LIMIT 1",
  );
  const remove = db.prepare<[number]>("DELETE FROM runs WHERE key = ?");
  const pages = {
    all: readers.statement<[number, number], RunRow>(
      "SELECT * FROM runs WHERE key < ? ORDER BY key DESC LIMIT ?",
    ),
    byStatus: readers.statement<[string, number, number], RunRow>(
      "SELECT * FROM runs WHERE status = ? AND key < ? ORDER BY key DESC LIMIT ?",
    ),
    bySession: readers.statement<[string, number, number], RunRow>(
      "SELECT * FROM runs WHERE session_id = ? AND key < ? ORDER BY key DESC LIMIT ?",
    ),
    found: readers.statement<[string, string, string, string, string, number, number], RunRow>(
      // The index is read newest first and no further than the page goes.
      `SELECT runs.* FROM runs_words CROSS JOIN runs ON key = runs_words.rowid
       WHERE runs_words MATCH ? AND (? = '' OR status = ?) AND (? = '' OR session_id = ?) AND runs_words.rowid < ?
       ORDER BY runs_words.rowid DESC LIMIT ?`,
    ),
    bySessionAndStatus: readers.statement<[string, string, number, number], RunRow>(
      // The plus keeps SQLite from going through all runs of that status for the few of one session.
      "SELECT * FROM runs WHERE session_id = ? AND +status = ? AND key < ? ORDER BY key DESC LIMIT ?",
    ),
  };

  const select = async (filter: RunFilter): Promise<RunRow[]> => {
    const before = filter.after === undefined ? Number.MAX_SAFE_INTEGER : Number(filter.after);
    if (!Number.isSafeInteger(before)) throw invalidRequest("This page of the list does not exist.");
    const count = filter.limit + 1;
    const query = filter.search === undefined ? null : matchQuery(filter.search);
    const [status, session] = [filter.status ?? "", filter.sessionId ?? ""];
    if (query !== null) {
      await words.caughtUp();
      return pages.found([query, status, status, session, session, before, count]);
    }
    if (session !== "" && status !== "") return pages.bySessionAndStatus([session, status, before, count]);
    if (session !== "") return pages.bySession([session, before, count]);
    if (status !== "") return pages.byStatus([status, before, count]);
    return pages.all([before, count]);
  };

  return {
    /** Returns the key under which the run's events are kept. */
    insert(run: Run): number {
      const { lastInsertRowid } = insert.run(
        run.id,
        run.sessionId,
        run.clientId,
        run.title,
        run.endedAt === null ? "queued" : run.status,
        run.detached ? 1 : 0,
        run.provider,
        run.model,
        run.startedAt,
        ...endColumns(run),
      );
      const key = Number(lastInsertRowid);
      words.changed(key);
      return key;
    },
    end(key: number, run: Run): void {
      end.run(run.status, ...endColumns(run), key);
    },
    find(id: string): { key: number; run: Run } | null {
      const row = byId.get(id);
      return row === undefined ? null : { key: row.key, run: toRun(row) };
    },
    unended: (): { key: number; run: Run }[] =>
      unended.all().map((row) => ({ key: row.key, run: toRun(row) })),
    async list(filter: RunFilter): Promise<{ runs: Run[]; next: string | null }> {
      const rows = await select(filter);
      const shown = rows.slice(0, filter.limit);
      return {
        runs: shown.map(toRun),
        next: rows.length > shown.length ? String(shown.at(-1)?.key) : null,
      };
    },
    newestOf: (sessionId: string): number => newestOfSession.get(sessionId) ?? 0,
    /** Of the runs of a session up to `newest`. */
    oldestOf: (sessionId: string, newest: number): { key: number; id: RunId } | null =>
      oldestOfSession.get(sessionId, newest) ?? null,
    /** Its events are to be removed before. */
    remove(key: number): void {
      remove.run(key);
      words.changed(key);
    },
  };
}
