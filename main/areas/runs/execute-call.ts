import { performance } from "node:perf_hooks";
import type { Asker } from "../../contract/principal.ts";
import { charactersIn } from "../../kernel/characters.ts";
import { ownTurn } from "../../kernel/slices.ts";
import type { Tool, ToolCatalog, ToolContext } from "../catalogs/tools/tool.ts";
import type { Subject } from "../inspection/contract.ts";
import type { PermissionRequest } from "../permissions/contract.ts";
import type { GateAnswer } from "../permissions/gate.ts";
import type { PermissionService } from "../permissions/service.ts";
import type { Run, RunEventBody } from "./contract.ts";
import type { ExecutedCall, LoopPorts, PreparedCall } from "./loop/ports.ts";

/** Asking about more takes turns of its own. */
const LONG_CHARACTERS = 64 * 1024;

const NOT_ALLOWED = "permission denied";
const CHANGED =
  "permission denied: the call, or what it acts on, changed after it was shown; look again, then ask anew";
const TURNED_OFF = "permission denied: this tool was turned off meanwhile";

/** Takes a call through the gate and runs it. A refusal is a result that the model can read. */
export function createCallExecutor(deps: {
  readonly tools: ToolCatalog;
  readonly permissions: PermissionService;
  readonly workspace: string;
  readonly run: () => Run;
  /** Who started the run, and so answers for what it asks. */
  readonly asker: Asker;
  readonly emit: (event: RunEventBody) => void;
  readonly onWaiting: () => void;
  readonly onAnswered: () => void;
  readonly onToolCall: () => void;
  readonly onToolEnd: (tookMs: number) => void;
}): LoopPorts["execute"] {
  const onAsked = (permission: PermissionRequest) => {
    deps.emit({
      type: "permission_request",
      permissionId: permission.id,
      tool: permission.tool,
      action: permission.action,
      target: permission.target,
      arguments: permission.arguments,
      expiresAt: permission.expiresAt,
      presentation: permission.presentation,
    });
    deps.onWaiting();
  };

  const onQuestion: ToolContext["onQuestion"] = ({ id: questionId }) => {
    deps.emit({ type: "question_asked", questionId });
    deps.onWaiting();
    return ({ status, decidedBy }) => {
      if (status === "pending" || decidedBy === null) return;
      deps.emit({ type: "question_settled", questionId, outcome: status, decidedBy });
      deps.onAnswered();
    };
  };

  /** Keeps nothing of what is shown for as long as a person thinks. */
  const askGate = async (
    { name, arguments: args }: PreparedCall,
    permission: NonNullable<Tool["permission"]>,
    context: ToolContext,
  ): Promise<GateAnswer & { judged(): Subject | undefined }> => {
    const { runId, sessionId, clientId, callId, workspace, signal } = context;
    const inspection = await permission.inspect(args, context);
    let judged: Subject | undefined;
    const request = {
      origin: { door: "run", runId, sessionId, clientId, folder: workspace, callId },
      asker: deps.asker,
      tool: name,
      arguments: args,
      ...inspection,
      recheck: async () => (judged = await permission.subject(args, context)),
      signal,
    } as const;
    if (charactersIn([args, inspection.presentation]) > LONG_CHARACTERS) {
      await deps.permissions.serialize(request);
      await ownTurn();
    }
    return { ...(await deps.permissions.ask(request, onAsked)), judged: () => judged };
  };

  return async (call, signal): Promise<ExecutedCall> => {
    const tool = deps.tools.find(call.name);
    if (tool === undefined) return refused(`tool "${call.name}" has no executor`, null);
    deps.onToolCall();
    const { id: runId, sessionId, clientId } = deps.run();
    let askedMs = 0;
    const context: ToolContext = {
      runId,
      sessionId,
      clientId,
      callId: call.id,
      workspace: deps.workspace,
      signal,
      asker: deps.asker,
      onQuestion(question) {
        const answered = onQuestion(question);
        const since = performance.now();
        return (settled) => {
          askedMs += performance.now() - since;
          answered(settled);
        };
      },
    };
    let decidedBy: ExecutedCall["decidedBy"] = null;
    let judged: Subject | undefined;

    const { permission: asked } = tool;
    const isAsked = asked !== undefined && (asked.isNeeded?.(call.arguments, context) ?? true);
    if (isAsked) {
      const answer = await askGate(call, asked, context);
      const { permission, outcome, scope, reason } = answer;
      decidedBy = answer.decidedBy;
      if (permission !== null) {
        deps.emit({
          type: "permission_settled",
          permissionId: permission.id,
          outcome,
          decidedBy,
          scope,
          reason,
        });
        deps.onAnswered();
      }
      signal.throwIfAborted();
      if (outcome !== "allowed") return refused(reason ?? NOT_ALLOWED, decidedBy);
      if (deps.tools.find(call.name) !== tool) return refused(TURNED_OFF, decidedBy);
      if (!(await answer.isUnchanged())) return refused(CHANGED, decidedBy);
      judged = answer.judged();
      signal.throwIfAborted();
    }

    const startedAt = performance.now();
    const result = await tool.execute(call.arguments, {
      ...context,
      ...(isAsked ? { isPermitted: true } : {}),
      ...(judged === undefined ? {} : { judged }),
    });
    const tookMs = performance.now() - startedAt - askedMs;
    deps.onToolEnd(tookMs);
    return { result, decidedBy, durationMs: Math.round(tookMs) };
  };
}

function refused(content: string, decidedBy: ExecutedCall["decidedBy"]): ExecutedCall {
  return { result: { content, isError: true }, decidedBy, durationMs: 0 };
}
