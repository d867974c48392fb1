import type { PermissionId } from "../../contract/ids.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import { randomHex } from "../../kernel/random-id.ts";
import type { Presentation } from "../inspection/contract.ts";
import type { PermissionRequest, permissions, PermissionSummary } from "./contract.ts";
import type { GateAnswer, GateRequest } from "./gate.ts";
import { choicesFor, type Asked } from "./grants.ts";
import { NOT_RECORDED, settledSummary, unrecordedAnswer, type Settlement } from "./outcome.ts";
import { shortPlace } from "../inspection/place.ts";
import { preview } from "../inspection/visible-text.ts";
import type { Settling, Waiting } from "./settling.ts";
import type { PermissionStore } from "./store.ts";

const CANCELED: Settlement = {
  outcome: "withdrawn",
  decidedBy: { kind: "system", name: "cancel" },
  scope: null,
  reason: "the run was canceled while this was waiting",
};
const TIMED_OUT: Settlement = {
  outcome: "expired",
  decidedBy: { kind: "timeout", name: "" },
  scope: null,
  reason: "permission denied: daemon permission request timed out",
};

export type AskPerson = (
  request: GateRequest,
  call: { readonly asked: Asked; readonly digest: string; readonly timeoutMs: number | null },
  onAsked: (permission: PermissionRequest) => void,
) => Promise<GateAnswer>;

/** Registers who waits, puts the request on record, announces it and waits for the answer. */
export function createAskPerson(deps: {
  readonly store: PermissionStore;
  readonly settling: Settling;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof permissions>;
  readonly report: (error: unknown) => void;
}): AskPerson {
  const { store, settling, commit, clock, publish, report } = deps;

  /** Gets no more than has to stay in memory for as long as a person thinks: many may be waiting. */
  const wait = (
    question: Pick<Waiting, "summary" | "digest" | "choices" | "asked">,
    timeoutMs: number | null,
    signal: AbortSignal,
  ) => {
    let resolve: (answer: GateAnswer) => void = () => {};
    const answer = new Promise<GateAnswer>((settle) => {
      resolve = settle;
    });
    const entry: Waiting = {
      ...question,
      answer: resolve,
      cancelTimer() {
        stopTimer();
        signal.removeEventListener("abort", withdraw);
      },
    };
    const withdraw = () => settling.settleUnasked(entry, CANCELED);
    const expire = () => settling.settleUnasked(entry, TIMED_OUT);
    const stopTimer = timeoutMs === null ? () => {} : clock.after(timeoutMs, expire);
    settling.waiting.set(entry.summary.id, entry);
    signal.addEventListener("abort", withdraw, { once: true });
    return { entry, answer };
  };

  return async (request, { asked, digest, timeoutMs }, onAsked) => {
    const presentation = await presentationOf(request);
    request.signal.throwIfAborted();
    const permission = permissionOf(request, asked, presentation, { digest, timeoutMs, now: clock.now() });
    const summary = summaryOf(permission);
    const { choices } = permission;
    const { entry, answer } = wait({ summary, digest, choices, asked }, timeoutMs, request.signal);
    commit.queue(
      () => store.insert(permission),
      () => publish("permissions.asked", summary),
      (error) => {
        report(error);
        if (!settling.waiting.delete(summary.id)) return;
        entry.cancelTimer();
        entry.answer(unrecordedAnswer(settledSummary(summary, NOT_RECORDED, clock.now())));
      },
    );
    // What it writes is committed together with the request, or after it.
    onAsked(permission);
    return answer;
  };
}

async function presentationOf(request: GateRequest): Promise<Presentation> {
  const presentation = await request.tool.permission?.present(request.arguments, request.context);
  if (presentation === undefined) throw new Error(`${request.tool.info.name} can't be presented`);
  return presentation;
}

function permissionOf(
  { runId, sessionId, clientId, tool, arguments: args, context }: GateRequest,
  asked: Asked,
  presentation: Presentation,
  { digest, timeoutMs, now }: { digest: string; timeoutMs: number | null; now: number },
): PermissionRequest {
  const { action, target } = asked.subject;
  const { act, wants, risks } = presentation;
  return {
    id: `perm_${randomHex()}` as PermissionId,
    runId,
    sessionId,
    clientId,
    tool: tool.info.name,
    action,
    target,
    targetPreview: preview(target, 200),
    arguments: args,
    workDir: context.workspace,
    digest,
    act,
    wants,
    presentation,
    riskLevel: highestRisk(risks),
    choices: choicesFor(asked, { thing: capitalised(act), place: shortPlace(context.workspace) }),
    status: "pending",
    askedAt: now,
    expiresAt: timeoutMs === null ? null : now + timeoutMs,
    settledAt: null,
    decidedBy: null,
    scope: null,
    reason: null,
  };
}

function summaryOf(permission: PermissionRequest): PermissionSummary {
  const { target: _t, arguments: _a, presentation: _p, choices: _c, digest: _d, ...summary } = permission;
  return summary;
}

/** A call of which nothing is known is not harmless. */
function highestRisk(risks: Presentation["risks"]): PermissionSummary["riskLevel"] {
  const levels = new Set(risks.map((risk) => risk.level));
  if (levels.has("high")) return "high";
  return levels.has("medium") || levels.size === 0 ? "medium" : "low";
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
