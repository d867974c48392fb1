import type { MemoryId, RunId, SessionId } from "../../../contract/ids.ts";
import type { Memory, MemoryReason, MemoryRevision, MemorySource, MemoryUse } from "../contract.ts";

export interface SourceRow {
  source_kind: string;
  run_id: string | null;
  call_id: string | null;
  session_id: string | null;
  client_id: string;
}

export interface MemoryRow extends SourceRow {
  key: number;
  id: string;
  content: string;
  likeness: string;
  tags: string;
  pinned: number;
  created_at: number;
  updated_at: number;
  revision: number;
}

export interface RevisionRow extends SourceRow {
  number: number;
  at: number;
  content: string;
  tags: string;
}

export interface UseRow {
  key: number;
  memory_id: string;
  revision: number;
  run_id: string;
  session_id: string;
  at: number;
  why: string;
}

const toSource = (row: SourceRow): MemorySource => ({
  kind: row.source_kind as MemorySource["kind"],
  runId: row.run_id as RunId | null,
  callId: row.call_id,
  sessionId: row.session_id as SessionId | null,
  clientId: row.client_id,
});

export const SOURCE_COLUMNS = "source_kind, run_id, call_id, session_id, client_id";

export const sourceValues = (source: MemorySource) =>
  [source.kind, source.runId, source.callId, source.sessionId, source.clientId] as const;

export const toMemory = (row: MemoryRow): Memory => ({
  id: row.id as MemoryId,
  content: row.content,
  tags: JSON.parse(row.tags) as string[],
  pinned: row.pinned === 1,
  source: toSource(row),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  revision: row.revision,
});

/** As it is kept, without what it changed. */
export type KeptRevision = Omit<MemoryRevision, "diff">;

export const toRevision = (row: RevisionRow): KeptRevision => ({
  number: row.number,
  at: row.at,
  by: toSource(row),
  content: row.content,
  tags: JSON.parse(row.tags) as string[],
});

export const toUse = (row: UseRow): MemoryUse => ({
  memoryId: row.memory_id as MemoryId,
  revision: row.revision,
  runId: row.run_id as RunId,
  sessionId: row.session_id as SessionId,
  at: row.at,
  why: JSON.parse(row.why) as MemoryReason,
});
