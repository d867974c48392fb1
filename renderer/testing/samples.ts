import type { Diff, Presentation, Risk } from "../../main/areas/inspection/contract.ts";
import type {
  DecisionRecord,
  Grant,
  PermissionRequest,
  PermissionSummary,
} from "../../main/areas/permissions/contract.ts";
import type { DecisionId, GrantId, PermissionId, RunId, SessionId } from "../../main/contract/ids.ts";

/** Realistic data for tests and the gallery. Every sample can be changed by its argument. */

const hex = (prefix: string, index: number, digits: number) =>
  `${prefix}_${(0x9e3779b1 * (index + 1)).toString(16).padStart(digits, "7c31d0e5").slice(0, digits).padEnd(digits, "a")}`;

export const permissionId = (index: number) =>
  `perm_${index.toString(16).padStart(8, "0")}${"4f1c9a7be2d03586".repeat(2).slice(0, 24)}` as PermissionId;
export const runId = (index: number) =>
  `run_${index.toString(16).padStart(8, "0")}${"b7d2e8f01a3c5946".repeat(2).slice(0, 24)}` as RunId;

const risk = (kind: Risk["kind"], level: Risk["level"], text: string, why: string): Risk => ({
  kind,
  level,
  text,
  why,
});

export const forcePush: Presentation = {
  wants: "wants to run a command",
  act: "run `git push --force origin main`",
  body: { kind: "command", text: "git push --force origin main" },
  risks: [
    risk(
      "deletes",
      "high",
      "rewrites history on a remote",
      "--force replaces what others may have pushed to main.",
    ),
    risk("network", "medium", "network", "git push talks to the remote “origin”."),
  ],
};

export const sampleDiff: Diff = {
  path: "/home/sam/code/app/src/session/expiry.ts",
  status: "changed",
  added: 6,
  removed: 3,
  hunks: [
    {
      beforeStart: 12,
      afterStart: 12,
      text: [
        " const minute = 60_000;",
        " ",
        "-export function isExpired(session: Session): boolean {",
        "-  return session.touchedAt + 30 * minute < Date.now();",
        "+export function isExpired(session: Session, now: number): boolean {",
        "+  return session.touchedAt + session.ttlMinutes * minute < now;",
        " }",
      ].join("\n"),
    },
    {
      beforeStart: 41,
      afterStart: 41,
      text: [
        "   for (const session of sessions) {",
        "-    if (isExpired(session)) drop(session);",
        "+    if (!isExpired(session, clock.now())) continue;",
        '+    log.info("session expired", { id: session.id });',
        "+    drop(session);",
        "+    count += 1;",
        "   }",
      ].join("\n"),
    },
  ],
  note: null,
};

export const editFile: Presentation = {
  wants: "wants to edit a file",
  act: "edit `src/session/expiry.ts`",
  body: { kind: "diff", diff: sampleDiff },
  risks: [risk("writes", "low", "writes one file", "Only src/session/expiry.ts is changed.")],
};

export const newFile = (lines: number): Presentation => ({
  wants: "wants to write a file",
  act: "write `src/generated/routes.ts`",
  body: {
    kind: "diff",
    diff: {
      path: "/home/sam/code/app/src/generated/routes.ts",
      status: "created",
      added: lines,
      removed: 0,
      hunks: [
        {
          beforeStart: 0,
          afterStart: 1,
          text: Array.from(
            { length: lines },
            (_, index) =>
              `+export const route${index} = { method: "GET", path: "/items/${index}", handler: items.get${index} };`,
          ).join("\n"),
        },
      ],
      note: null,
    },
  },
  risks: [risk("writes", "medium", "creates a file", "src/generated/routes.ts does not exist yet.")],
});

export const genericCall: Presentation = {
  wants: "wants to call a tool",
  act: "call `create_issue`",
  body: {
    kind: "call",
    text: JSON.stringify(
      { repo: "acme/app", title: "Sessions never expire", labels: ["bug", "auth"] },
      null,
      2,
    ),
  },
  risks: [risk("unknown", "medium", "unknown effect", "Gatehouse does not know what this tool does.")],
};

export const shortCommand = (text: string, level: Risk["level"] = "low"): Presentation => ({
  wants: "wants to run a command",
  act: `run \`${text.slice(0, 100)}\``,
  body: { kind: "command", text },
  risks: [
    risk("runs_code", level, "runs code of this project", "The command runs scripts named in package.json."),
  ],
});

const choices: PermissionRequest["choices"] = [
  { scope: "once", sentence: "Allow this once" },
  {
    scope: "session_target",
    sentence: "Allow `git push --force origin main` in ~/code/app, for this session",
  },
  { scope: "minutes_15", sentence: "Allow `git push` in ~/code/app, for 15 minutes" },
  { scope: "minutes_60", sentence: "Allow `git push` in ~/code/app, for 60 minutes" },
  { scope: "forever", sentence: "Always allow claude-code to run `git push` in ~/code/app" },
  {
    scope: "session",
    sentence: "Every known command that only reads or writes files in ~/code/app, for this session",
    beyond:
      "Until this session ends, every known command that only reads or writes files in ~/code/app will not be asked about. High risk always is.",
  },
];

const minute = 60_000;

export function sampleRequest(
  index: number,
  presentation: Presentation = forcePush,
  change: Partial<PermissionRequest> = {},
): PermissionRequest {
  const { body } = presentation;
  const target = body.kind === "diff" ? body.diff.path : body.text;
  return {
    id: permissionId(index),
    door: "run",
    runId: runId(index),
    sessionId: "fix-session-expiry" as SessionId,
    clientId: "claude-code",
    callId: null,
    asker: { kind: "owner", id: "owner", name: "" },
    tool: body.kind === "diff" ? "edit_file" : body.kind === "command" ? "shell_exec" : "create_issue",
    action: body.kind === "diff" ? "write" : "execute",
    target,
    targetPreview: target.slice(0, 200),
    arguments: {},
    workDir: "/home/sam/code/app",
    act: presentation.act,
    wants: presentation.wants,
    sight: body.kind === "command" ? "act" : "card",
    riskLevel: presentation.risks.some(({ level }) => level === "high")
      ? "high"
      : (presentation.risks[0]?.level ?? "low"),
    status: "pending",
    askedAt: Date.now() - 20_000,
    expiresAt: Date.now() - 20_000 + 10 * minute,
    settledAt: null,
    decidedBy: null,
    scope: null,
    reason: null,
    digest: "d".repeat(64),
    presentation,
    choices,
    ...change,
  };
}

export const summaryOf = ({
  target: _target,
  arguments: _arguments,
  presentation: _presentation,
  choices: _choices,
  ...summary
}: PermissionRequest): PermissionSummary => summary;

const commands = [
  "npm test",
  "git push",
  "cargo build --release",
  "python manage.py migrate",
  "curl -sS https://example.org/feed.json",
  "docker compose up -d",
  "rm -r build",
];
const clients = ["claude-code", "glue", "codex", "nightly-bot", ""];
const sessionNames = ["fix-session-expiry", "telegram:42", "release 2.4", "✓ docs"];

const pick = <T>(items: readonly T[], index: number): T => items[index % items.length] as T;

export const manyRequests = (count: number): readonly PermissionRequest[] =>
  Array.from({ length: count }, (_, index) =>
    sampleRequest(
      index,
      index % 5 === 1
        ? editFile
        : index % 7 === 3
          ? genericCall
          : index % 6 === 0
            ? forcePush
            : shortCommand(pick(commands, index)),
      {
        clientId: pick(clients, index),
        sessionId: pick(sessionNames, index) as SessionId,
        askedAt: Date.now() - (count - index) * 4000,
        expiresAt: index % 4 === 3 ? null : Date.now() + (index + 1) * 31_000,
      },
    ),
  );

export function sampleDecision(index: number, change: Partial<DecisionRecord> = {}): DecisionRecord {
  const command = pick(commands, index);
  const outcomes = ["allowed", "allowed", "denied", "allowed", "expired", "withdrawn"] as const;
  const outcome = pick(outcomes, index);
  const kinds = ["popup", "grant", "tray", "policy", "window", "cli", "api"] as const;
  const kind = outcome === "expired" ? "timeout" : outcome === "withdrawn" ? "system" : pick(kinds, index);
  return {
    id: `dec_${index.toString(16).padStart(32, "0")}` as DecisionId,
    at: Date.now() - index * 7.3 * minute,
    permissionId: permissionId(index),
    questionId: null,
    door: "run",
    runId: runId(index),
    sessionId: pick(sessionNames, index) as SessionId,
    clientId: pick(clients, index),
    callId: null,
    asker: { kind: "owner", id: "owner", name: "" },
    tool: "shell_exec",
    action: "execute",
    targetPreview: command,
    workDir: "/home/sam/code/app",
    act: `run \`${command}\``,
    riskLevel: pick(["low", "high", "medium"] as const, index),
    outcome,
    decidedBy: { kind, name: kind === "api" ? "ci-bot" : kind === "policy" ? "read only" : "" },
    scope: outcome === "allowed" ? (index % 3 === 0 ? "minutes_30" : "once") : null,
    reason:
      outcome === "denied"
        ? "Use the staging remote instead."
        : outcome === "withdrawn"
          ? "The run was canceled."
          : null,
    waitedMs: kind === "grant" || kind === "policy" ? 0 : 1800 + index * 731,
    ...change,
  };
}

export function sampleGrant(index: number, change: Partial<Grant> = {}): Grant {
  const command = pick(commands, index);
  const scopes = ["minutes_30", "session", "forever", "session_target"] as const;
  const scope = pick(scopes, index);
  return {
    id: hex("grant", index, 16) as GrantId,
    scope,
    owner: "local",
    clientId: pick(clients, index),
    sessionId: scope.startsWith("session") ? pick(sessionNames, index) : null,
    tool: "shell_exec",
    action: "execute",
    target: command,
    workDir: "/home/sam/code/app",
    sentence: `${pick(clients, index) || "an unnamed client"} may run \`${command}\` in ~/code/app`,
    createdAt: Date.now() - index * 95 * minute - 8 * minute,
    expiresAt: scope === "minutes_30" ? Date.now() + 22 * minute : null,
    lastUsedAt: index % 3 === 2 ? null : Date.now() - index * 11 * minute - minute,
    useCount: index % 3 === 2 ? 0 : index * 7 + 3,
    ...change,
  };
}
