import { invalidRequest } from "../../contract/errors.ts";
import type { GrantId, PermissionId } from "../../contract/ids.ts";
import type { Clock } from "../../kernel/clock.ts";
import { firstKeyWhere } from "../../kernel/first-key.ts";
import { matchQuery } from "../../kernel/match-query.ts";
import type { Storage } from "../../kernel/storage.ts";
import { charactersIn } from "../../kernel/characters.ts";
import { jsonBytes } from "../../kernel/json-pieces.ts";
import { createWordIndex } from "../../kernel/word-index.ts";
import { sightOf } from "../inspection/sight.ts";
import { storedPresentation } from "../inspection/stored-presentation.ts";
import type { DecisionRecord, LedgerOutcome, PermissionRequest, PermissionSummary } from "./contract.ts";
import type { RememberedGrant } from "./grants.ts";
import { PREVIEW_LENGTH, type Settlement } from "./outcome.ts";
import {
  heldDenialOf,
  SUMMARY_COLUMNS,
  toGrant,
  toRecord,
  toSummary,
  WHENCE_COLUMNS,
  whenceValues,
  type DecisionRow,
  type GrantRow,
  type RequestRow,
} from "./store-rows.ts";

export type PermissionStore = ReturnType<typeof createPermissionStore>;

/** What has more is made JSON in turns. */
const LONG_CHARACTERS = 256 * 1024;

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

type Details = Pick<PermissionRequest, "target" | "arguments" | "presentation" | "choices">;

export function createPermissionStore(storage: Storage, clock: Clock) {
  const { db, commit, readers } = storage;
  const insertRequest = db.prepare(
    `INSERT INTO permission_requests (id, ${WHENCE_COLUMNS}, tool, action, target_preview, act, wants, risk_level,
       digest, details, status, asked_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT), ?, ?, ?)`,
  );
  const requestById = db.prepare<[string], RequestRow & { details: string }>(
    `SELECT ${SUMMARY_COLUMNS}, details FROM permission_requests WHERE id = ?`,
  );
  const summaryById = db.prepare<[string], RequestRow>(
    `SELECT ${SUMMARY_COLUMNS} FROM permission_requests WHERE id = ?`,
  );
  const pending = db.prepare<[], RequestRow>(
    `SELECT ${SUMMARY_COLUMNS} FROM permission_requests WHERE status = 'pending' ORDER BY key`,
  );
  const settleRequest = db.prepare(
    `UPDATE permission_requests SET status = ?, settled_at = ?, decided_by_kind = ?, decided_by_name = ?, scope = ?,
       reason = ? WHERE id = ? AND status = 'pending'`,
  );
  const writeDenial = db.prepare<[string | null, string | null, string | null, string]>(
    `UPDATE permission_requests SET decided_by_kind = ?, decided_by_name = ?, reason = ?
       WHERE id = ? AND status = 'pending'`,
  );
  const allGrants = db.prepare<[], GrantRow>("SELECT * FROM permission_grants ORDER BY created_at, id");
  const upsertGrant = db.prepare(
    `INSERT OR REPLACE INTO permission_grants (id, scope, owner, client_id, session_id, tool, action, target, work_dir,
       bound_to, sentence, created_at, expires_at, last_used_at, use_count, stamp)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const touchGrant = db.prepare<[number, string]>(
    "UPDATE permission_grants SET last_used_at = ?, use_count = use_count + 1 WHERE id = ?",
  );
  const deleteGrant = db.prepare<[string]>("DELETE FROM permission_grants WHERE id = ?");
  const latestDecision = db
    .prepare<[], number>("SELECT at FROM decisions WHERE key = (SELECT max(key) FROM decisions)")
    .pluck();
  const insertDecision = db.prepare(
    `INSERT INTO decisions (id, at, permission_id, question_id, ${WHENCE_COLUMNS}, tool, action, target_preview, act, risk_level,
       outcome, decided_by_kind, decided_by_name, scope, reason, waited_ms, whole_target)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const words = createWordIndex(storage, clock, {
    index: "decisions_words",
    table: "decisions",
    columns: {
      act: "act",
      target: `coalesce(
        whole_target,
        (SELECT details ->> 'target' FROM permission_requests WHERE id = permission_id),
        target_preview
      )`,
      client: "client_id",
      reason: "reason",
    },
  });
  const decisionPages = {
    all: readers.statement<[number, number, number], DecisionRow>(
      "SELECT * FROM decisions WHERE key >= ? AND key < ? ORDER BY key DESC LIMIT ?",
    ),
    byOutcome: readers.statement<[string, number, number, number], DecisionRow>(
      "SELECT * FROM decisions WHERE outcome = ? AND key >= ? AND key < ? ORDER BY key DESC LIMIT ?",
    ),
    found: readers.statement<[string, string, string, number, number, number], DecisionRow>(
      // The index is read newest first and no further than the page goes.
      `SELECT decisions.* FROM decisions_words CROSS JOIN decisions ON key = decisions_words.rowid
       WHERE decisions_words MATCH ? AND (? = '' OR outcome = ?)
         AND decisions_words.rowid >= ? AND decisions_words.rowid < ?
       ORDER BY decisions_words.rowid DESC LIMIT ?`,
    ),
  };

  const decidedNext = db.prepare<[number], { key: number; at: number }>(
    "SELECT key, at FROM decisions WHERE key >= ? ORDER BY key LIMIT 1",
  );
  const oldestDecisions = db.prepare<[number], { key: number; permission_id: string | null; bytes: number }>(
    `SELECT key, permission_id, 200 + length(act) + length(target_preview) + coalesce(length(whole_target), 0) + coalesce(
       (SELECT length(details) FROM permission_requests WHERE id = permission_id), 0) AS bytes
     FROM (SELECT * FROM decisions WHERE key > 0 ORDER BY key LIMIT 32) WHERE at < ?`,
  );
  const deleteDecision = db.prepare<[number]>("DELETE FROM decisions WHERE key = ?");
  const deleteRequest = db.prepare<[string]>(
    "DELETE FROM permission_requests WHERE id = ? AND status <> 'pending'",
  );
  const lastDecision = db.prepare<[], number>("SELECT max(key) FROM decisions").pluck();
  /** The ledger is in the order of time, so a moment in it is found without an index. */
  const firstDecidedAt = (moment: number): number =>
    firstKeyWhere(
      (key) => decidedNext.get(key),
      lastDecision.get() ?? 0,
      ({ at }) => at >= moment,
    );

  /** What is to be written soon, as JSON already. */
  const prepared = new WeakMap<object, Buffer>();

  const jsonOf = (details: Details): string | Buffer => {
    const args = details.arguments;
    const isPrepared = [args, details.presentation].some((part) => isObject(part) && prepared.has(part));
    if (!isPrepared) return JSON.stringify(details);
    const pieces = Object.entries(details)
      .filter(([, part]) => part !== undefined)
      .flatMap(([name, part], at) => {
        const json = (isObject(part) ? prepared.get(part) : undefined) ?? Buffer.from(JSON.stringify(part));
        return [Buffer.from(`${at === 0 ? "{" : ","}${JSON.stringify(name)}:`), json];
      });
    return Buffer.concat([...pieces, Buffer.from("}")]);
  };

  return {
    /** Before a request with long parts is put on record, so that this takes less time at once. */
    async serialize(...parts: readonly unknown[]): Promise<void> {
      for (const part of parts) {
        if (isObject(part) && charactersIn(part) > LONG_CHARACTERS) prepared.set(part, await jsonBytes(part));
      }
    },
    insert(request: PermissionRequest): void {
      const details: Details = {
        target: request.target,
        arguments: request.arguments,
        presentation: request.presentation,
        choices: request.choices,
      };
      insertRequest.run(
        request.id,
        ...whenceValues(request),
        request.tool,
        request.action,
        request.targetPreview,
        request.act,
        request.wants,
        request.riskLevel,
        request.digest,
        jsonOf(details),
        request.status,
        request.askedAt,
        request.expiresAt,
      );
    },
    get(id: string): PermissionRequest | null {
      const row = requestById.get(id);
      if (row === undefined) return null;
      const details = JSON.parse(row.details) as Details;
      const presentation = storedPresentation(details.presentation);
      return { ...toSummary(row), sight: sightOf(presentation), ...details, presentation };
    },
    summary(id: string): PermissionSummary | null {
      const row = summaryById.get(id);
      return row === undefined ? null : toSummary(row);
    },
    /** What waits on disk, with the denial that is held back for it. */
    pending: () => pending.all().map((row) => ({ summary: toSummary(row), denial: heldDenialOf(row) })),
    /** Contract: throws when the request is not on record as pending. */
    holdDenial(id: PermissionId, { decidedBy, reason }: Settlement): void {
      const { changes } = writeDenial.run(decidedBy.kind, decidedBy.name, reason, id);
      if (changes !== 1) throw new Error("the request is not on record as pending");
    },
    releaseDenial: (id: PermissionId): void => void writeDenial.run(null, null, null, id),
    /** False when it was settled already: the first one stands. */
    settle(settled: PermissionSummary): boolean {
      const { changes } = settleRequest.run(
        settled.status,
        settled.settledAt,
        settled.decidedBy?.kind,
        settled.decidedBy?.name,
        settled.scope,
        settled.reason,
        settled.id,
      );
      return changes === 1;
    },
    /** `target` where no request keeps it. */
    record(record: DecisionRecord, target = ""): void {
      const { lastInsertRowid } = insertDecision.run(
        record.id,
        record.at,
        record.permissionId,
        record.questionId,
        ...whenceValues(record),
        record.tool,
        record.action,
        record.targetPreview,
        record.act,
        record.riskLevel,
        record.outcome,
        record.decidedBy.kind,
        record.decidedBy.name,
        record.scope,
        record.reason,
        record.waitedMs,
        target.length > PREVIEW_LENGTH ? target : null,
      );
      words.changed(Number(lastInsertRowid));
    },
    async decisions(options: {
      search?: string | undefined;
      outcome?: LedgerOutcome | undefined;
      since?: number | undefined;
      until?: number | undefined;
      limit: number;
      after?: string | undefined;
    }) {
      const after = options.after === undefined ? Number.MAX_SAFE_INTEGER : Number(options.after);
      if (!Number.isSafeInteger(after)) throw invalidRequest("This page of the list does not exist.");
      const { since, until } = options;
      if (since !== undefined || until !== undefined) commit.flush();
      const from = since === undefined ? 0 : firstDecidedAt(since);
      const before = until === undefined ? after : Math.min(after, firstDecidedAt(until));
      const query = options.search === undefined ? null : matchQuery(options.search);
      const outcome = options.outcome ?? "";
      const count = options.limit + 1;
      if (query !== null) await words.caughtUp();
      const rows = await (query !== null
        ? decisionPages.found([query, outcome, outcome, from, before, count])
        : outcome === ""
          ? decisionPages.all([from, before, count])
          : decisionPages.byOutcome([outcome, from, before, count]));
      const shown = rows.slice(0, options.limit);
      const next = rows.length > shown.length ? String(shown.at(-1)?.key) : null;
      return { decisions: shown.map(toRecord), next };
    },
    /** Part of a transaction: some of the oldest rows of the ledger, with what was asked. Returns their bytes, about. */
    removeOldest(before: number): number {
      let removed = 0;
      for (const { key, permission_id: request, bytes } of oldestDecisions.all(before)) {
        deleteDecision.run(key);
        words.changed(key);
        if (request !== null) deleteRequest.run(request);
        removed += bytes;
      }
      return removed;
    },
    /** With the stamp of when each was given. */
    grants: () => allGrants.all().map((row) => ({ remembered: toGrant(row), stamp: row.stamp })),
    /** When the newest row of the ledger was written; 0 when there is none. */
    latestDecisionAt: (): number => latestDecision.get() ?? 0,
    saveGrant({ grant, boundTo }: RememberedGrant, stamp: string | null): void {
      upsertGrant.run(
        grant.id,
        grant.scope,
        grant.owner,
        grant.clientId,
        grant.sessionId,
        grant.tool,
        grant.action,
        grant.target,
        grant.workDir,
        boundTo,
        grant.sentence,
        grant.createdAt,
        grant.expiresAt,
        grant.lastUsedAt,
        grant.useCount,
        stamp,
      );
    },
    useGrant: (id: GrantId, at: number): void => void touchGrant.run(at, id),
    deleteGrant: (id: GrantId): void => void deleteGrant.run(id),
  };
}
