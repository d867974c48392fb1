import type { Storage } from "../../kernel/storage.ts";
import type { Usage } from "../sessions/contract.ts";
import type { UsageRow, UsageSum } from "./contract.ts";
import type { Agreement } from "./budget.ts";
import { MICROS_PER_DOLLAR } from "./prices.ts";

export interface UsedByRun {
  readonly runId: string;
  readonly day: string;
  readonly model: string;
  readonly clientId: string;
  readonly sessionId: string;
  readonly used: Usage;
  /** In millionths of a dollar; null where no price is known. */
  readonly cost: number | null;
}

export type UsageKind = "day" | "model" | "client" | "session";

interface SumRow {
  runs: number;
  input: number;
  output: number;
  cache_read: number;
  cache_write: number;
  cost: number;
  unpriced: number;
}

export type UsageStore = ReturnType<typeof createUsageStore>;

const SUMS = `coalesce(sum(runs), 0) AS runs, coalesce(sum(input), 0) AS input, coalesce(sum(output), 0) AS output,
  coalesce(sum(cache_read), 0) AS cache_read, coalesce(sum(cache_write), 0) AS cache_write,
  coalesce(sum(cost), 0) AS cost, coalesce(sum(unpriced), 0) AS unpriced`;

const COLUMNS: Readonly<Record<UsageKind, string>> = {
  day: "day",
  model: "model",
  client: "client_id",
  session: "session_id",
};

const toSum = (row: SumRow): UsageSum => ({
  runs: row.runs,
  inputTokens: row.input,
  outputTokens: row.output,
  cacheReadTokens: row.cache_read,
  cacheWriteTokens: row.cache_write,
  cost: row.cost / MICROS_PER_DOLLAR,
  unpricedRuns: row.unpriced,
});

export function createUsageStore({ db, readers }: Pick<Storage, "db" | "readers">) {
  const add = db.prepare<(string | number)[]>(
    `INSERT INTO usage_days VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET runs = runs + 1, input = input + excluded.input, output = output + excluded.output,
       cache_read = cache_read + excluded.cache_read, cache_write = cache_write + excluded.cache_write,
       cost = cost + excluded.cost, unpriced = unpriced + excluded.unpriced`,
  );
  const addCost = db.prepare<[string, number]>("INSERT OR REPLACE INTO run_costs VALUES (?, ?)");
  const costOfRun = db.prepare<[string], number>("SELECT cost FROM run_costs WHERE run_id = ?").pluck();
  const ofDay = db.prepare<[string], { cost: number; unpriced: number }>(
    "SELECT coalesce(sum(cost), 0) AS cost, coalesce(sum(unpriced), 0) AS unpriced FROM usage_days WHERE day = ?",
  );
  const agreement = db.prepare<
    [string],
    { day: string; warn: number | null; stop: number | null; up_to: number | null }
  >("SELECT * FROM usage_agreements WHERE day = ?");
  const writeAgreement = db.prepare<[string, number | null, number | null, number | null]>(
    "INSERT OR REPLACE INTO usage_agreements (day, warn, stop, up_to) VALUES (?, ?, ?, ?)",
  );
  const order = (kind: UsageKind) => (kind === "day" ? "name DESC" : "cost DESC, input + output DESC, name");
  const statements = (where: string) => {
    const rows = (kind: UsageKind) =>
      readers.statement<[...string[], number], SumRow & { name: string }>(
        `SELECT ${COLUMNS[kind]} AS name, ${SUMS} FROM usage_days WHERE ${where}
         GROUP BY ${COLUMNS[kind]} ORDER BY ${order(kind)} LIMIT ?`,
      );
    return {
      day: rows("day"),
      model: rows("model"),
      client: rows("client"),
      session: rows("session"),
      total: readers.statement<string[], SumRow>(`SELECT ${SUMS} FROM usage_days WHERE ${where}`),
    };
  };
  const all = statements("day BETWEEN ? AND ?");
  const ofSession = statements("session_id = ? AND day BETWEEN ? AND ?");

  return {
    /** Part of the transaction that ends the run. */
    add({ runId, day, model, clientId, sessionId, used, cost }: UsedByRun): void {
      const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = used;
      const tokens = [inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens];
      add.run(day, model, clientId, sessionId, ...tokens, cost ?? 0, cost === null ? 1 : 0);
      if (cost !== null) addCost.run(runId, cost);
    },
    /** In dollars. */
    costOfRun(runId: string): number | null {
      const cost = costOfRun.get(runId);
      return cost === undefined ? null : cost / MICROS_PER_DOLLAR;
    },
    /** In millionths of a dollar. */
    ofDay(day: string): { readonly cost: number; readonly unpriced: number } {
      return ofDay.get(day) ?? { cost: 0, unpriced: 0 };
    },
    agreement(day: string): Agreement | null {
      const row = agreement.get(day);
      return row === undefined ? null : { day, marks: { warn: row.warn, stop: row.stop }, upTo: row.up_to };
    },
    writeAgreement({ day, marks, upTo }: Agreement): void {
      writeAgreement.run(day, marks.warn, marks.stop, upTo);
    },
    async sums(asked: {
      readonly by: UsageKind;
      readonly since: string;
      readonly until: string;
      readonly session: string | undefined;
      readonly limit: number;
    }): Promise<{ rows: UsageRow[]; total: UsageSum }> {
      const { by, since, until, session, limit } = asked;
      const from = session === undefined ? all : ofSession;
      const range = session === undefined ? [since, until] : [session, since, until];
      const [rows, [total]] = await Promise.all([from[by]([...range, limit]), from.total(range)]);
      const shown = by === "day" ? rows.toReversed() : rows;
      return {
        rows: shown.map((row) => ({ name: row.name, ...toSum(row) })),
        total: toSum(
          total ?? { runs: 0, input: 0, output: 0, cache_read: 0, cache_write: 0, cost: 0, unpriced: 0 },
        ),
      };
    },
  };
}
