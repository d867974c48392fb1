import type { PermissionRequest } from "../../../main/areas/permissions/contract.ts";
import type { RunEvent, RunEventBody } from "../../../main/areas/runs/contract.ts";
import type { Message, ToolCall } from "../../../main/areas/sessions/contract.ts";
import { editFile, forcePush, sampleRequest } from "../samples.ts";

export const numbered = (bodies: readonly RunEventBody[], startedAt: number, stepMs = 400): RunEvent[] =>
  bodies.map((body, index) => ({ ...body, seq: index + 1, at: startedAt + index * stepMs }));

const usage = { inputTokens: 8412, outputTokens: 326, cacheReadTokens: 6100, totalTokens: 8738 };

export const assistant = (text: string, more: Partial<Message> = {}): Message => ({
  role: "assistant",
  content: text === "" ? [] : [{ type: "text", text }],
  createdAt: Date.now(),
  provider: "anthropic",
  model: "claude-sonnet-4-5",
  ...more,
});

export const words = (text: string): RunEventBody[] =>
  (text.match(/\s*\S+/g) ?? []).map((delta) => ({ type: "text_delta", delta }));

export const said = (text: string, more: Partial<Message> = {}): RunEventBody[] => [
  { type: "message_start", message: assistant("") },
  ...words(text),
  { type: "message_end", message: assistant(text, { usage, ...more }) },
];

let calls = 0;
export const call = (name: string, args: unknown): ToolCall => ({
  id: `call_${++calls}`,
  name,
  arguments: args,
});

export const used = (
  name: string,
  args: unknown,
  content: string,
  more: Partial<Extract<RunEventBody, { type: "tool_end" }>> = {},
): RunEventBody[] => {
  const made = call(name, args);
  return [
    { type: "tool_start", call: made },
    {
      type: "tool_end",
      call: made,
      result: { content, isError: false },
      durationMs: 42,
      decidedBy: null,
      createdAt: 0,
      ...more,
    },
  ];
};

export const askFor = (request: PermissionRequest): RunEventBody => ({
  type: "permission_request",
  permissionId: request.id,
  tool: request.tool,
  action: request.action,
  target: request.target,
  arguments: request.arguments,
  expiresAt: request.expiresAt,
  presentation: request.presentation,
});

export const gated = (
  request: PermissionRequest,
  outcome: "allowed" | "denied" | "expired",
  content: string,
  reason: string | null = null,
): RunEventBody[] => {
  const made = call(request.tool, request.arguments);
  const decidedBy =
    outcome === "expired"
      ? ({ kind: "timeout", name: "" } as const)
      : ({ kind: "popup", name: "popup" } as const);
  return [
    { type: "tool_start", call: made },
    askFor(request),
    {
      type: "permission_settled",
      permissionId: request.id,
      outcome,
      decidedBy,
      scope: outcome === "allowed" ? "minutes_30" : null,
      reason,
    },
    {
      type: "tool_end",
      call: made,
      result: { content, isError: outcome !== "allowed" },
      durationMs: outcome === "allowed" ? 1830 : 0,
      decidedBy,
      createdAt: 0,
    },
  ];
};

const markdown = `The expiry is computed in **two places**, and they disagree:

1. \`isExpired\` in \`src/session/expiry.ts\` uses a fixed 30 minutes
2. \`sweep\` uses whatever is in the configuration

\`\`\`ts
export function isExpired(session: Session, now: number): boolean {
  return session.touchedAt + session.ttlMinutes * minute < now;
}
\`\`\`

I will make both read the same value. See [the issue](https://example.org/issues/1042) for the report.`;

export const prompt = `Sessions seem to expire too early when the configured time is longer than half an hour. Find out why, fix it, and push the fix to main.`;

/** Everything that can happen in a run, once. */
export const story = (startedAt: number): RunEvent[] =>
  numbered(
    [
      { type: "run_start", clientId: "claude-code", prompt },
      { type: "loop_start" },
      { type: "turn_start" },
      ...said("Let me look at how sessions expire.", {
        content: [
          {
            type: "thinking",
            thinking: "The person says half an hour. There is probably a constant.\nSearch for 30.",
          },
          { type: "text", text: "Let me look at how sessions expire." },
        ],
      }),
      ...used(
        "grep",
        { pattern: "expir(e|y|ed)", path: "src" },
        "src/session/expiry.ts:14: export function isExpired(…)\nsrc/session/sweep.ts:42: if (isExpired(session)) drop(session);",
        { durationMs: 31 },
      ),
      ...used(
        "read_file",
        { path: "src/session/expiry.ts" },
        "const minute = 60_000;\n\nexport function isExpired(session: Session): boolean {\n  return session.touchedAt + 30 * minute < Date.now();\n}\n",
        { durationMs: 3 },
      ),
      ...used("read_file", { path: "src/session/expire.ts" }, "no such file: src/session/expire.ts", {
        durationMs: 1,
        result: { content: "no such file: src/session/expire.ts", isError: true },
      }),
      { type: "message_start", message: assistant("") },
      ...words("The expiry is computed in **two pla"),
      {
        type: "retry",
        error: "503 overloaded_error: the server is busy",
        attempt: 1,
        maxAttempts: 4,
        delayMs: 2000,
      },
      ...said(markdown),
      ...gated(
        sampleRequest(1, editFile),
        "allowed",
        "src/session/expiry.ts changed, 6 lines added, 3 removed",
      ),
      ...used(
        "shell_exec",
        { argv: ["npm", "test", "--", "session"] },
        "Tests  42 passed (42)\nDuration  1.83s",
        { durationMs: 4210, decidedBy: { kind: "grant", name: "grant_0123456789abcdef" } },
      ),
      ...used("shell_exec", { argv: ["npm", "run", "lint"] }, "2 problems", {
        durationMs: 2100,
        decidedBy: { kind: "policy", name: "channel cli: trusted" },
        result: {
          content: "src/a.ts:1:1 unused variable\nsrc/b.ts:9:2 unused import\n\n2 problems",
          isError: true,
        },
      }),
      {
        type: "guardrail",
        kind: "repeat",
        count: 3,
        action: "nudge",
        error: "shell_exec with the same arguments 3 times",
      },
      {
        type: "compacted",
        replaced: 24,
        summary: "Goal: fix the early expiry.\nDone: expiry.ts reads ttlMinutes.\nNext: push.",
      },
      ...gated(
        sampleRequest(2, forcePush),
        "denied",
        "permission denied: Push to a branch, please, not to main.",
        "Push to a branch, please, not to main.",
      ),
      ...gated(sampleRequest(3, forcePush), "expired", "permission denied: nobody answered"),
      { type: "error", error: "context window exceeded: 210000 tokens" },
      ...said(
        "The fix is in `src/session/expiry.ts` and its tests pass. I did not push it, as you asked for a branch: say the name and I will.",
      ),
      { type: "turn_end" },
      { type: "loop_end" },
      {
        type: "run_done",
        text: "",
        usage: { inputTokens: 48_210, outputTokens: 2310, cacheReadTokens: 39_000, totalTokens: 50_520 },
      },
    ],
    startedAt,
    35,
  );

const paragraph =
  "A gate is only as good as the words on it, so every request says what would run, where, and what it could touch, before anything happens at all. ";

export const longReply = (startedAt: number, wordCount: number): RunEvent[] => {
  const text = Array.from({ length: Math.ceil(wordCount / 104) }, () => paragraph.repeat(4).trim()).join(
    "\n\n",
  );
  return numbered(
    [
      { type: "run_start", clientId: "cli:me", prompt: "Tell me all about gates." },
      ...said(text),
      { type: "run_done", text: "", usage: null },
    ],
    startedAt,
    1,
  );
};

export const manyCalls = (startedAt: number, events: number): RunEvent[] => {
  const bodies: RunEventBody[] = [
    { type: "run_start", clientId: "claude-code", prompt: "Rename every module." },
  ];
  for (let i = 0; bodies.length < events - 1; i++) {
    bodies.push(...said(`Now module ${i}: it imports \`core/${i}\` twice.`));
    bodies.push(
      ...used("read_file", { path: `src/modules/module-${i}.ts` }, `export const id = ${i};\n`.repeat(12)),
    );
    bodies.push(...used("grep", { pattern: `module-${i}`, path: "src" }, "src/index.ts:4: import …"));
  }
  return numbered([...bodies, { type: "run_done", text: "", usage: null }], startedAt, 3);
};

const rtlText =
  "הבעיה נמצאת בקובץ `src/session/expiry.ts`: הזמן קבוע לחצי שעה.\n\nתיקנתי את החישוב, וכל **הבדיקות** עוברות. المشكلة في الملف نفسه وقد أصلحتها.";

export const rtlStory = (startedAt: number): RunEvent[] =>
  numbered(
    [
      { type: "run_start", clientId: "סוכן-קוד", prompt: "למה ההתחברות פגה מוקדם מדי? תקן בבקשה." },
      ...said(rtlText),
      ...used("read_file", { path: "מסמכים/ברכה.txt" }, "שלום עולם"),
      { type: "run_done", text: "", usage: null },
    ],
    startedAt,
  );

export const longWords = (startedAt: number): RunEvent[] =>
  numbered(
    [
      {
        type: "run_start",
        clientId: "an-agent-with-a-very-long-name-".repeat(5),
        prompt: "x".repeat(900) + " " + "y".repeat(4000),
      },
      ...said(
        `${"Donaudampfschifffahrtsgesellschaftskapitän".repeat(8)} and \`${"a/very/long/path/".repeat(20)}\``,
      ),
      ...used(
        "shell_exec",
        { argv: ["cp", "/very/long/path/segment".repeat(12), "z".repeat(300)] },
        "z".repeat(5000),
      ),
      ...used(`mcp_${"server_name_".repeat(6)}_tool`, { some: { nested: ["value"] } }, "line\n".repeat(4000)),
      {
        type: "run_error",
        code: "provider_error",
        message: `loop: provider failed after 4 attempts: ${"e".repeat(400)}`,
      },
    ],
    startedAt,
  );
