import type { SqliteDatabase } from "../kernel/database.ts";

export interface Volume {
  readonly runs: number;
  readonly runsPerSession: number;
  /** Runs that were going on, each with a request that waits, when the process ended. */
  readonly waiting: number;
  readonly grants: number;
}

/** Fills a database of the schema of 0.1 (`20261121-3-runs`) with what so many runs would have left there. */
export function fillAsReleased(db: SqliteDatabase, volume: Volume): void {
  const { runs, runsPerSession, waiting, grants } = volume;
  const insert = {
    session: db.prepare("INSERT INTO sessions VALUES (?, ?, ?, 'claude-code', ?, ?, ?, ?, ?, ?)"),
    message: db.prepare(
      "INSERT INTO messages (session_key, position, run_id, role, body, created_at) VALUES (?, ?, ?, ?, ?, ?)",
    ),
    run: db.prepare(
      "INSERT INTO runs VALUES (?, ?, ?, 'claude-code', ?, ?, 1, 'playbook', '', ?, ?, NULL, NULL, NULL, 1, ?)",
    ),
    events: db.prepare("INSERT INTO run_events (position, body) VALUES (?, ?)"),
    request: db.prepare(
      `INSERT INTO permission_requests VALUES (?, ?, ?, ?, 'claude-code', 'shell_exec', 'run', ?, '/code', ?,
         'wants to run a command', 'low', 'd', ?, ?, ?, NULL, ?, ?, ?, ?, NULL)`,
    ),
    decision: db.prepare(
      `INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, 'claude-code', 'shell_exec', 'run', ?, '/code', ?, 'allowed',
         'popup', '', 'once', NULL, 900)`,
    ),
    grant: db.prepare(
      `INSERT INTO permission_grants VALUES (?, 'forever', 'claude-code', 'claude-code', NULL, 'shell_exec', 'run', ?,
         '/code', NULL, ?, ?, NULL, NULL, 0)`,
    ),
  };
  db.transaction(() => {
    for (let key = 1; key <= runs; key += 1) writeRun(key, key > runs - waiting);
    for (let n = 1; n <= grants; n += 1) {
      insert.grant.run(`grant_${hex(n, 16)}`, `make target-${n}`, `may run \`make target-${n}\``, n);
    }
  })();

  function writeRun(key: number, isWaiting: boolean): void {
    const [id, permissionId, at] = [`run_${hex(key, 32)}`, `perm_${hex(key, 32)}`, key * 1_000];
    const session = Math.ceil(key / runsPerSession);
    const place = (key - 1) % runsPerSession;
    const [sessionId, title] = [`session-${session}`, `mend part ${key} of the fence`];
    const told = isWaiting ? 0 : 2;
    if (place === 0) {
      const count = Math.min(runsPerSession, runs - key + 1);
      const ended = Math.max(0, Math.min(count, runs - waiting - key + 1));
      insert.session.run(session, sessionId, title, at, at, ended * 2, ended, ended, count);
    }
    const call = { id: `call_${key}`, name: "shell_exec", arguments: { argv: ["make", `target-${key}`] } };
    const target = `make target-${key}`;
    const presentation = {
      wants: "wants to run a command",
      act: `run \`${target}\``,
      body: { kind: "command", text: target },
      risks: [],
    };
    const details = { target, arguments: call.arguments, presentation, choices: [] };
    const answer = {
      role: "assistant",
      content: [{ type: "tool_call", toolCall: call }],
      createdAt: at,
    };
    const events = [
      { type: "run_start", clientId: "claude-code", prompt: title },
      { type: "message_end", message: answer },
      { type: "tool_start", call },
      {
        type: "permission_request",
        permissionId,
        tool: call.name,
        action: "run",
        target,
        arguments: call.arguments,
        expiresAt: null,
        presentation,
      },
      ...(isWaiting ? [] : [{ type: "run_done", text: "done", usage: null }]),
    ].map((event, index) => ({ seq: index + 1, at, ...event }));
    const status = isWaiting ? "queued" : "done";
    insert.run.run(key, id, sessionId, title, status, at, isWaiting ? null : at + 1, told && events.length);
    insert.events.run(key * 2 ** 24 + events.length, JSON.stringify(events));
    insert.request.run(
      key,
      permissionId,
      id,
      sessionId,
      target,
      presentation.act,
      JSON.stringify(details),
      isWaiting ? "pending" : "allowed",
      at,
      ...(isWaiting ? [null, null, null, null] : [at + 900, "popup", "", "once"]),
    );
    if (isWaiting) return;
    insert.decision.run(
      key,
      `dec_${hex(key, 16)}`,
      at,
      permissionId,
      id,
      sessionId,
      target,
      presentation.act,
    );
    const question = { role: "user", content: [{ type: "text", text: title }], createdAt: at };
    insert.message.run(session, place * 2, id, "user", JSON.stringify(question), at);
    insert.message.run(session, place * 2 + 1, id, "assistant", JSON.stringify(answer), at);
  }
}

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, "0");
