CREATE TABLE migrations (id TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT;
CREATE TABLE word_index_progress (name TEXT PRIMARY KEY, key INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        client_id TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        message_count INTEGER NOT NULL DEFAULT 0,
        user_message_count INTEGER NOT NULL DEFAULT 0,
        assistant_message_count INTEGER NOT NULL DEFAULT 0,
        run_count INTEGER NOT NULL DEFAULT 0
      , tags TEXT NOT NULL DEFAULT '[]', archived_at INTEGER, deleted_at INTEGER, workspace TEXT, parent_key INTEGER REFERENCES sessions (key), parent_position INTEGER) STRICT;
CREATE TABLE messages (
        key INTEGER PRIMARY KEY,
        session_key INTEGER NOT NULL REFERENCES sessions (key),
        position INTEGER NOT NULL,
        run_id TEXT,
        role TEXT NOT NULL,
        body TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        UNIQUE (session_key, position)
      ) STRICT;
CREATE TABLE compactions (
        session_key INTEGER NOT NULL REFERENCES sessions (key),
        from_position INTEGER NOT NULL,
        summary TEXT NOT NULL,
        created_at INTEGER NOT NULL, told_to INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (session_key, from_position)
      ) STRICT, WITHOUT ROWID;
CREATE TABLE permission_requests (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        run_id TEXT,
        session_id TEXT,
        client_id TEXT NOT NULL,
        tool TEXT NOT NULL,
        action TEXT NOT NULL,
        target_preview TEXT NOT NULL,
        work_dir TEXT NOT NULL,
        act TEXT NOT NULL,
        wants TEXT NOT NULL,
        risk_level TEXT NOT NULL,
        digest TEXT NOT NULL,
        details TEXT NOT NULL,
        status TEXT NOT NULL,
        asked_at INTEGER NOT NULL,
        expires_at INTEGER,
        settled_at INTEGER,
        decided_by_kind TEXT,
        decided_by_name TEXT,
        scope TEXT,
        reason TEXT
      , door TEXT NOT NULL DEFAULT 'run', call_id TEXT, asker_kind TEXT NOT NULL DEFAULT 'owner', asker_id TEXT NOT NULL DEFAULT 'owner', asker_name TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX permission_requests_pending ON permission_requests (key) WHERE status = 'pending';
CREATE TABLE permission_grants (
        id TEXT PRIMARY KEY,
        scope TEXT NOT NULL,
        owner TEXT NOT NULL,
        client_id TEXT NOT NULL,
        session_id TEXT,
        tool TEXT NOT NULL,
        action TEXT NOT NULL,
        target TEXT,
        work_dir TEXT NOT NULL,
        bound_to TEXT,
        sentence TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER,
        last_used_at INTEGER,
        use_count INTEGER NOT NULL DEFAULT 0
      , stamp TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE decisions (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        at INTEGER NOT NULL,
        permission_id TEXT,
        run_id TEXT,
        session_id TEXT,
        client_id TEXT NOT NULL,
        tool TEXT NOT NULL,
        action TEXT NOT NULL,
        target_preview TEXT NOT NULL,
        work_dir TEXT NOT NULL,
        act TEXT NOT NULL,
        outcome TEXT NOT NULL,
        decided_by_kind TEXT NOT NULL,
        decided_by_name TEXT NOT NULL,
        scope TEXT,
        reason TEXT,
        waited_ms INTEGER NOT NULL
      , door TEXT NOT NULL DEFAULT 'run', call_id TEXT, asker_kind TEXT NOT NULL DEFAULT 'owner', asker_id TEXT NOT NULL DEFAULT 'owner', asker_name TEXT NOT NULL DEFAULT '', risk_level TEXT, whole_target TEXT, question_id TEXT) STRICT;
CREATE INDEX decisions_by_outcome ON decisions (outcome, key);
CREATE TABLE runs (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        session_id TEXT NOT NULL,
        client_id TEXT NOT NULL,
        title TEXT NOT NULL,
        status TEXT NOT NULL,
        detached INTEGER NOT NULL,
        provider TEXT NOT NULL,
        model TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER,
        error_code TEXT,
        error_message TEXT,
        usage TEXT,
        tool_calls INTEGER NOT NULL DEFAULT 0,
        last_seq INTEGER NOT NULL DEFAULT 0
      ) STRICT;
CREATE INDEX runs_by_session ON runs (session_id, key);
CREATE INDEX runs_by_status ON runs (status, key);
CREATE TABLE run_events (position INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE runs_words USING fts5 (
    title, session, client, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
  );
CREATE TABLE word_index_changes (
      name TEXT NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (name, key)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE access_keys (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        secret_hash TEXT NOT NULL,
        scopes TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER,
        last_used_at INTEGER,
        revoked_at INTEGER
      , stamp TEXT) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE decisions_words USING fts5 (
    act, target, client, reason, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
  );
CREATE TABLE storage_incidents (
        key INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        detail TEXT NOT NULL,
        kept_as TEXT,
        seen_at INTEGER
      ) STRICT;
CREATE TABLE changed_rows (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        source TEXT NOT NULL,
        key INTEGER NOT NULL
      ) STRICT;
CREATE TABLE questions (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        asker TEXT NOT NULL,
        ask_key TEXT,
        patience_ms INTEGER,
        asked TEXT NOT NULL,
        status TEXT NOT NULL,
        asked_at INTEGER NOT NULL,
        expires_at INTEGER,
        stamp TEXT,
        settled_at INTEGER,
        decided_by_kind TEXT,
        decided_by_name TEXT,
        answer TEXT,
        reason TEXT
      ) STRICT;
CREATE INDEX questions_pending ON questions (key) WHERE status = 'pending';
CREATE UNIQUE INDEX questions_by_key ON questions (asker, ask_key) WHERE ask_key IS NOT NULL;
CREATE TABLE run_archives (position INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE usage_days (
        day TEXT NOT NULL,
        model TEXT NOT NULL,
        client_id TEXT NOT NULL,
        session_id TEXT NOT NULL,
        runs INTEGER NOT NULL,
        input INTEGER NOT NULL,
        output INTEGER NOT NULL,
        cache_read INTEGER NOT NULL,
        cache_write INTEGER NOT NULL,
        cost INTEGER NOT NULL,
        unpriced INTEGER NOT NULL,
        PRIMARY KEY (day, model, client_id, session_id)
      ) STRICT, WITHOUT ROWID;
CREATE INDEX usage_by_session ON usage_days (session_id, day);
CREATE TABLE run_costs (run_id TEXT PRIMARY KEY, cost INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_listed ON sessions (updated_at DESC, key DESC)
        WHERE archived_at IS NULL AND deleted_at IS NULL;
CREATE INDEX sessions_archived ON sessions (updated_at DESC, key DESC)
        WHERE archived_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX sessions_by_parent ON sessions (parent_key, parent_position) WHERE parent_key IS NOT NULL;
CREATE INDEX sessions_with_workspace ON sessions (key) WHERE workspace IS NOT NULL;
CREATE TABLE session_tags (
        tag TEXT NOT NULL,
        session_key INTEGER NOT NULL REFERENCES sessions (key),
        PRIMARY KEY (tag, session_key)
      ) STRICT, WITHOUT ROWID;
CREATE INDEX session_tags_by_session ON session_tags (session_key);
CREATE TABLE session_deletions (
        session_key INTEGER PRIMARY KEY REFERENCES sessions (key),
        session_id TEXT NOT NULL,
        ends_at INTEGER NOT NULL,
        stamp TEXT,
        runs_to INTEGER NOT NULL
      ) STRICT;
CREATE TABLE message_keys (next INTEGER NOT NULL) STRICT;
CREATE VIRTUAL TABLE sessions_words USING fts5 (
    id, title, tags, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
  );
CREATE TABLE kept_sizes (
        day TEXT NOT NULL,
        kind TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        measured_at INTEGER NOT NULL,
        PRIMARY KEY (day, kind)
      ) STRICT, WITHOUT ROWID;
CREATE TABLE usage_agreements (
        day TEXT PRIMARY KEY,
        warn INTEGER,
        stop INTEGER,
        up_to INTEGER
      ) STRICT, WITHOUT ROWID;
CREATE TABLE memories (
        key INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        content TEXT NOT NULL,
        likeness TEXT NOT NULL,
        tags TEXT NOT NULL,
        pinned INTEGER NOT NULL,
        source_kind TEXT NOT NULL,
        run_id TEXT,
        call_id TEXT,
        session_id TEXT,
        client_id TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        revision INTEGER NOT NULL
      ) STRICT;
CREATE INDEX memories_by_age ON memories (created_at DESC, key DESC);
CREATE INDEX memories_pinned ON memories (created_at DESC, key DESC) WHERE pinned = 1;
CREATE INDEX memories_by_likeness ON memories (likeness);
CREATE TABLE memory_tags (
        tag TEXT NOT NULL, memory_key INTEGER NOT NULL, PRIMARY KEY (tag, memory_key)
      ) STRICT, WITHOUT ROWID;
CREATE INDEX memory_tags_by_memory ON memory_tags (memory_key);
CREATE TABLE memory_revisions (
        memory_key INTEGER NOT NULL,
        number INTEGER NOT NULL,
        at INTEGER NOT NULL,
        source_kind TEXT NOT NULL,
        run_id TEXT,
        call_id TEXT,
        session_id TEXT,
        client_id TEXT NOT NULL,
        content TEXT NOT NULL,
        tags TEXT NOT NULL,
        PRIMARY KEY (memory_key, number)
      ) STRICT, WITHOUT ROWID;
CREATE TABLE deleted_memories (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL,
        deleted_at INTEGER NOT NULL
      ) STRICT;
CREATE INDEX deleted_memories_by_time ON deleted_memories (deleted_at);
CREATE TABLE memory_uses (
        key INTEGER PRIMARY KEY,
        memory_id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        run_id TEXT NOT NULL,
        session_id TEXT NOT NULL,
        at INTEGER NOT NULL,
        why TEXT NOT NULL
      ) STRICT;
CREATE INDEX memory_uses_by_memory ON memory_uses (memory_id, key);
CREATE INDEX memory_uses_by_run ON memory_uses (run_id, key);
CREATE TABLE memory_count (id INTEGER PRIMARY KEY CHECK (id = 1), live INTEGER NOT NULL) STRICT;
CREATE TRIGGER memories_counted_up AFTER INSERT ON memories BEGIN
        UPDATE memory_count SET live = live + 1;
      END;
CREATE TRIGGER memories_counted_down AFTER DELETE ON memories BEGIN
        UPDATE memory_count SET live = live - 1;
      END;
CREATE VIRTUAL TABLE memories_words USING fts5 (
    content, tags, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
  );
INSERT INTO migrations (id, applied_at) VALUES ('20261121-0-word-index', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261121-1-sessions', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261121-2-permissions', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261121-3-runs', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261121-4-decisions-words', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261121-4-runs-words', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261121-4-sessions-words', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261121-4-word-index', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261121-5-origins', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261121-8-access', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261122-1-history', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261122-2-grant-stamps', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261122-2-key-stamps', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261122-4-incidents', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261122-5-changed-rows', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261122-7-answers', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261122-7-questions', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261123-1-archives', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261123-2-usage', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261123-4-sessions', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261123-5-retention', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261123-6-agreements', 0);
INSERT INTO migrations (id, applied_at) VALUES ('20261124-1-memories', 0);
