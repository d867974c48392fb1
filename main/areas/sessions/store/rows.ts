import { invalidRequest } from "../../../contract/errors.ts";
import type { RunId, SessionId } from "../../../contract/ids.ts";
import type { Session, StoredMessage, Message } from "../contract.ts";
import type { Kinship } from "./lineage.ts";

export interface SessionRow extends Kinship {
  readonly id: string;
  readonly title: string;
  readonly client_id: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly message_count: number;
  readonly user_message_count: number;
  readonly assistant_message_count: number;
  readonly run_count: number;
  readonly tags: string;
  readonly archived_at: number | null;
  readonly workspace: string | null;
}

export interface MessageRow {
  readonly position: number;
  readonly run_id: string | null;
  readonly body: string;
}

/** Most have none, and all are read with each run. */
const NO_TAGS = "[]";

/** @param parentId of a row with a parent; null when that is just being deleted. */
export const toSession = (row: SessionRow, parentId: string | null): Session => ({
  id: row.id as SessionId,
  title: row.title,
  clientId: row.client_id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  messageCount: row.message_count,
  userMessageCount: row.user_message_count,
  assistantMessageCount: row.assistant_message_count,
  runCount: row.run_count,
  tags: row.tags === NO_TAGS ? [] : (JSON.parse(row.tags) as string[]),
  archivedAt: row.archived_at,
  workspace: row.workspace,
  parent:
    parentId === null || row.parent_position === null
      ? null
      : { id: parentId as SessionId, index: row.parent_position },
});

export const toMessage = (row: MessageRow): StoredMessage => ({
  ...(JSON.parse(row.body) as Message),
  index: row.position,
  runId: row.run_id as RunId | null,
});

/** Cursors are `<updated_at>.<key>`, so a page continues where it stopped however much is added on top. */
export function parseCursor(text: string): { at: number; key: number } {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(text);
  if (match === null) throw invalidRequest("This page of the list does not exist.");
  return { at: Number(match[1]), key: Number(match[2]) };
}
