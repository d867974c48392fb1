import type { ToolInfo } from "../../areas/catalogs/tools/contract.ts";
import { visibleText } from "../../contract/visible-text.ts";
import type { Memory } from "../../areas/memories/contract.ts";
import type { Grant } from "../../areas/permissions/contract.ts";
import type { Run, ToolResult } from "../../areas/runs/contract.ts";
import type { ContentPart, Message, Session, ToolCall, Usage } from "../../areas/sessions/contract.ts";

/** How Glue clients spell our nouns (Glue contract 2.3, 4.4). Absent values are left out, as Go's omitempty does. */

/** One moment is said many times over: by each message of a run, and by each event that repeats it. */
let lastTime = { at: 0, text: new Date(0).toISOString() };

export function time(at: number): string {
  if (at !== lastTime.at) lastTime = { at, text: new Date(at).toISOString() };
  return lastTime.text;
}

/** A Go duration such as `2s` or `1.5s`. */
export const goDuration = (ms: number): string => (ms < 1000 ? `${ms}ms` : `${ms / 1000}s`);

export const usageToWire = (usage: Usage) => ({
  input_tokens: usage.inputTokens,
  output_tokens: usage.outputTokens,
  cache_read_tokens: usage.cacheReadTokens,
  cache_write_tokens: usage.cacheWriteTokens,
  total_tokens: usage.totalTokens,
});

export const toolCallToWire = (call: ToolCall) => ({
  id: call.id,
  name: call.name,
  arguments: call.arguments,
});

export const toolResultToWire = (result: ToolResult) => ({
  content: [{ type: "text", text: result.content }],
  is_error: result.isError || undefined,
  metadata: result.metadata,
});

const partToWire = (part: ContentPart) => {
  switch (part.type) {
    case "text":
      return part;
    case "thinking":
      return { type: part.type, thinking: part.thinking, signature: part.signature };
    case "tool_call":
      return { type: part.type, tool_call: toolCallToWire(part.toolCall) };
  }
};

/** Marks on messages that the dialect knows by names of its own (Glue contract 2.3). */
const MARKS: Readonly<Record<string, string>> = {
  guardrail: "glue/guardrail",
  synthetic: "glue/synthetic",
  "compaction:read_files": "glue/compaction:read_files",
  "compaction:modified_files": "glue/compaction:modified_files",
};

/** A tool's result has metadata of the tool's own, whatever its names. */
const metadataToWire = ({ role, metadata }: Message) =>
  metadata === undefined || role === "tool"
    ? metadata
    : Object.fromEntries(Object.entries(metadata).map(([name, value]) => [MARKS[name] ?? name, value]));

export const messageToWire = (message: Message) => ({
  role: message.role,
  content: message.content.length === 0 ? undefined : message.content.map(partToWire),
  tool_call_id: message.toolCallId,
  tool_name: message.toolName,
  is_error: message.isError === true || undefined,
  provider: message.provider,
  model: message.model || undefined,
  stop_reason: message.stopReason,
  usage: message.usage === undefined ? undefined : usageToWire(message.usage),
  created_at: time(message.createdAt),
  metadata: metadataToWire(message),
});
export type WireMessage = ReturnType<typeof messageToWire>;

export const grantToWire = (grant: Grant) => ({
  id: grant.id,
  scope: grant.scope,
  owner: grant.owner,
  client_id: grant.clientId || undefined,
  session_id: grant.sessionId || undefined,
  tool: visibleText(grant.tool),
  action: visibleText(grant.action),
  target: visibleText(grant.target ?? "") || undefined,
  created_at: time(grant.createdAt),
  expires_at: grant.expiresAt === null ? undefined : time(grant.expiresAt),
  work_dir: grant.workDir,
});

export const toolToWire = (tool: ToolInfo) => ({
  name: tool.name,
  description: tool.description || undefined,
  parameters: tool.parameters,
  requires_permission: tool.requiresPermission,
  permission_action: tool.permissionAction ?? undefined,
  permission_target_preview: tool.permissionTargetPreview ?? undefined,
});

export const memoryToWire = ({ id, content, tags, createdAt }: Memory) => ({
  id,
  content,
  tags: tags.length === 0 ? undefined : tags,
  timestamp: time(createdAt),
});

export const sessionToWire = (session: Session) => ({
  id: session.id,
  title: visibleText(session.title),
  created_at: time(session.createdAt),
  updated_at: time(session.updatedAt),
  messages: session.messageCount,
  user_messages: session.userMessageCount,
  assistant_messages: session.assistantMessageCount,
  runs: session.runCount,
});

export const runToWire = (run: Run) => ({
  run_id: run.id,
  session_id: run.sessionId,
  client_id: run.clientId,
  title: visibleText(run.title),
  status: run.status,
  detached: run.detached,
  provider: run.provider,
  model: run.model || undefined,
  started_at: time(run.startedAt),
  ended_at: run.endedAt === null ? undefined : time(run.endedAt),
  error: run.error === null ? undefined : { ...run.error, retryable: false },
  usage: run.usage === null ? undefined : usageToWire(run.usage),
  last_seq: run.lastSeq,
  events_url: eventsUrl(run.id),
});

/** Root-relative: clients put it behind their base address. */
export const eventsUrl = (runId: string): string => `/v1/runs/${encodeURIComponent(runId)}/events`;
