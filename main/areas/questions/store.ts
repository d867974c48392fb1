import type { Decider } from "../../contract/decider.ts";
import type { QuestionId } from "../../contract/ids.ts";
import type { Asker } from "../../contract/principal.ts";
import type { SqliteDatabase } from "../../kernel/database.ts";
import type { Answer, Question } from "./contract.ts";

export type QuestionStore = ReturnType<typeof createQuestionStore>;

/** What is on record of a question besides what everybody may know. */
export interface RecordedQuestion {
  readonly question: Question;
  /** How long its asker may be silent; null for one that asks in this process. */
  readonly patienceMs: number | null;
  /** `stampNow` of when it was asked. */
  readonly stamp: string | null;
  /** The asker's own name for it. */
  readonly key: string | null;
}

type Settled = "status" | "expiresAt" | "askedAt" | "settledAt" | "decidedBy" | "answer" | "reason" | "id";

interface QuestionRow {
  id: string;
  ask_key: string | null;
  patience_ms: number | null;
  asked: string;
  status: Question["status"];
  asked_at: number;
  expires_at: number | null;
  stamp: string | null;
  settled_at: number | null;
  decided_by_kind: Decider["kind"] | null;
  decided_by_name: string | null;
  answer: string | null;
  reason: string | null;
}

const COLUMNS =
  "id, ask_key, patience_ms, asked, status, asked_at, expires_at, stamp, settled_at, decided_by_kind, decided_by_name, answer, reason";

const askerText = ({ kind, id }: Pick<Asker, "kind" | "id">) => `${kind} ${id}`;

export function createQuestionStore(db: SqliteDatabase) {
  const insert = db.prepare(
    `INSERT INTO questions (id, asker, ask_key, patience_ms, asked, status, asked_at, expires_at, stamp)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const byId = db.prepare<[string], QuestionRow>(`SELECT ${COLUMNS} FROM questions WHERE id = ?`);
  const byKey = db.prepare<[string, string], QuestionRow>(
    `SELECT ${COLUMNS} FROM questions WHERE asker = ? AND ask_key = ?`,
  );
  const pending = db.prepare<[], QuestionRow>(
    `SELECT ${COLUMNS} FROM questions WHERE status = 'pending' ORDER BY key`,
  );
  const settle = db.prepare(
    `UPDATE questions SET status = ?, settled_at = ?, decided_by_kind = ?, decided_by_name = ?, answer = ?, reason = ?
       WHERE id = ? AND status = 'pending'`,
  );
  const oldest = db.prepare<[number], { key: number; bytes: number }>(
    `SELECT key, 200 + length(asked) + coalesce(length(answer), 0) AS bytes
     FROM (SELECT * FROM questions WHERE key > 0 ORDER BY key LIMIT 32) WHERE settled_at < ?`,
  );
  const remove = db.prepare<[number]>("DELETE FROM questions WHERE key = ?");
  const releaseKey = db.prepare<[string, string]>(
    "UPDATE questions SET ask_key = NULL WHERE asker = ? AND ask_key = ?",
  );
  const found = (row: QuestionRow | undefined) => (row === undefined ? null : toRecorded(row));

  return {
    /** Part of a transaction: some of the oldest questions, if they were settled before then. Returns their bytes, about. */
    removeOldest(before: number): number {
      const removed = oldest.all(before);
      for (const { key } of removed) remove.run(key);
      return removed.reduce((sum, { bytes }) => sum + bytes, 0);
    },
    insert({ question, patienceMs, stamp, key }: RecordedQuestion): void {
      const {
        id,
        status,
        askedAt,
        expiresAt,
        settledAt: _s,
        decidedBy: _d,
        answer: _a,
        reason: _r,
        ...asked
      } = question;
      const text = JSON.stringify(asked satisfies Omit<Question, Settled>);
      insert.run(id, askerText(question.asker), key, patienceMs, text, status, askedAt, expiresAt, stamp);
    },
    get: (id: QuestionId): RecordedQuestion | null => found(byId.get(id)),
    withKey: (asker: Pick<Asker, "kind" | "id">, key: string): RecordedQuestion | null =>
      found(byKey.get(askerText(asker), key)),
    /** What had the key keeps it no longer: it is asked anew. */
    releaseKey: (asker: Pick<Asker, "kind" | "id">, key: string): void =>
      void releaseKey.run(askerText(asker), key),
    pending: (): RecordedQuestion[] => pending.all().map(toRecorded),
    /** False when it was settled already: the first one stands. */
    settle({ id, status, settledAt, decidedBy, answer, reason }: Question): boolean {
      const text = answer === null ? null : JSON.stringify(answer);
      const { changes } = settle.run(
        status,
        settledAt,
        decidedBy?.kind ?? null,
        decidedBy?.name ?? null,
        text,
        reason,
        id,
      );
      return changes === 1;
    },
  };
}

function toRecorded(row: QuestionRow): RecordedQuestion {
  const question: Question = {
    ...(JSON.parse(row.asked) as Omit<Question, Settled>),
    id: row.id as QuestionId,
    status: row.status,
    askedAt: row.asked_at,
    expiresAt: row.expires_at,
    settledAt: row.settled_at,
    decidedBy:
      row.decided_by_kind === null ? null : { kind: row.decided_by_kind, name: row.decided_by_name ?? "" },
    answer: row.answer === null ? null : (JSON.parse(row.answer) as Answer),
    reason: row.reason,
  };
  return { question, patienceMs: row.patience_ms, stamp: row.stamp, key: row.ask_key };
}
