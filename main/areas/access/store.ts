import { AccessScope } from "../../contract/principal.ts";
import type { SqliteDatabase } from "../../kernel/database.ts";
import type { AccessKey, KeyId } from "./contract.ts";

/** A key with what is kept of its secret. */
export interface KeptKey {
  readonly key: AccessKey;
  readonly secretHash: string;
  /** Of when it was made, as `recordedDeadline` reads it. */
  readonly stamp: string | null;
}

interface KeyRow {
  id: string;
  name: string;
  secret_hash: string;
  scopes: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  stamp: string | null;
}

export type AccessStore = ReturnType<typeof createAccessStore>;

/** A word that is no scope, of a version to come, gives no right. */
const scopesIn = (text: string): AccessScope[] =>
  AccessScope.options.filter((scope) => text.split(" ").includes(scope));

const toKept = (row: KeyRow): KeptKey => ({
  key: {
    id: row.id as KeyId,
    name: row.name,
    scopes: scopesIn(row.scopes),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  },
  secretHash: row.secret_hash,
  stamp: row.stamp,
});

export function createAccessStore(db: SqliteDatabase) {
  const live = db.prepare<[], KeyRow>(
    `SELECT id, name, secret_hash, scopes, created_at, expires_at, last_used_at, stamp
     FROM access_keys WHERE revoked_at IS NULL ORDER BY created_at, id`,
  );
  const insert = db.prepare(
    `INSERT INTO access_keys (id, name, secret_hash, scopes, created_at, expires_at, stamp)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const touch = db.prepare<[number, string]>("UPDATE access_keys SET last_used_at = ? WHERE id = ?");
  const revoke = db.prepare<[number, string]>("UPDATE access_keys SET revoked_at = ? WHERE id = ?");
  return {
    live: (): KeptKey[] => live.all().map(toKept),
    insert({ key, secretHash, stamp }: KeptKey): void {
      insert.run(key.id, key.name, secretHash, key.scopes.join(" "), key.createdAt, key.expiresAt, stamp);
    },
    touch: (id: KeyId, at: number): void => void touch.run(at, id),
    revoke: (id: KeyId, at: number): void => void revoke.run(at, id),
  };
}
