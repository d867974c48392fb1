import { fail } from "../../contract/fail.ts";
import type { DecisionId, GrantId, PermissionId, RunId } from "../../contract/ids.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import { randomHex } from "../../kernel/random-id.ts";
import type { PermissionSubject } from "../catalogs/tools/tool.ts";
import {
  permissions,
  type Decider,
  type DecisionRecord,
  type Grant,
  type Outcome,
  type PermissionRequest,
  type PermissionSummary,
  type Scope,
} from "./contract.ts";
import type { GateAnswer, GateRequest } from "./gate.ts";
import type { GrantBook } from "./grant-book.ts";
import {
  choicesFor,
  grantId,
  grantKey,
  grantLastsMs,
  grantSentence,
  isRememberable,
  ownerOf,
  type Asked,
  type RememberedGrant,
} from "./grants.ts";
import { applyPolicy, type PolicyRules } from "./policy.ts";
import { shortPlace } from "./presentation/place.ts";
import { requestDigest } from "./presentation/digest.ts";
import { preview } from "./presentation/visible-text.ts";
import type { PermissionStore } from "./store.ts";

export interface Decision {
  readonly decision: "allow" | "deny";
  readonly scope: Scope;
  readonly reason?: string | undefined;
  readonly digest?: string | undefined;
}

export interface PermissionService {
  /**
   * Policy, then grants, then a person. `onAsked` is called when a person is asked, before anybody can answer.
   *
   * Contract: settles exactly once and never as allowed unless the outcome is on record; rejects only when the tool's
   * own presentation fails.
   */
  ask(request: GateRequest, onAsked: (permission: PermissionRequest) => void): Promise<GateAnswer>;
  /** The only way in which a waiting request is answered, whichever front end the click came from. */
  decide(id: PermissionId, decision: Decision, decidedBy: Decider): PermissionSummary;
  /** Settles what waits as denied: nobody will be there to answer. */
  denyAll(reason: string): void;
  pending(): PermissionSummary[];
  pendingCount(): number;
  get(id: PermissionId): PermissionRequest;
  find(id: string): PermissionSummary | null;
  decisions: PermissionStore["decisions"];
  grants(): Grant[];
  revoke(id: GrantId): Grant;
  restore(id: GrantId): Grant;
}

interface Waiting {
  readonly summary: PermissionSummary;
  readonly digest: string;
  readonly choices: PermissionRequest["choices"];
  readonly asked: Asked;
  readonly settled: (answer: GateAnswer) => void;
  callOff: () => void;
}

const DENIED_BY_PERSON = "permission denied by the person at the desk";
const TIMED_OUT = "permission denied: daemon permission request timed out";
const RUN_ENDED = "the run was cancelled while this was waiting";
const RESTARTED = "Gatehouse stopped while this was waiting";
const NOT_RECORDED = "permission denied: the outcome could not be recorded";

export function createPermissionService(deps: {
  readonly store: PermissionStore;
  readonly grants: GrantBook;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof permissions>;
  /** For failures with no caller to tell: a time-out or a cancellation that could not be recorded. */
  readonly report: (error: unknown) => void;
  /** `timeoutMs` null waits as long as it takes. */
  readonly rules: () => PolicyRules & { readonly timeoutMs: number | null };
}): PermissionService {
  const { store, grants, commit, clock, publish } = deps;
  const waiting = new Map<PermissionId, Waiting>();

  for (const left of store.pending()) {
    const settled = settledSummary(left, {
      outcome: "withdrawn",
      decidedBy: { kind: "system", name: "restart" },
      scope: null,
      reason: RESTARTED,
      at: clock.now(),
    });
    commit.now(() => {
      store.settle(settled);
      store.record(recordOf(settled));
    });
  }

  const settle = (
    entry: Waiting,
    how: { outcome: Outcome; decidedBy: Decider; scope: Scope | null; reason: string | null },
    remembered: RememberedGrant | null = null,
  ): PermissionSummary => {
    waiting.delete(entry.summary.id);
    entry.callOff();
    const settled = settledSummary(entry.summary, { ...how, at: clock.now() });
    const record = recordOf(settled);
    try {
      commit.now(() => {
        if (!store.settle(settled)) throw new Error("the request is not on record as pending");
        store.record(record);
        if (remembered !== null) grants.save(remembered);
      });
    } catch (error) {
      entry.settled({ ...how, outcome: "denied", scope: null, reason: NOT_RECORDED, permission: settled, digest: "" });
      throw error;
    }
    entry.settled({ ...how, permission: settled, digest: entry.digest });
    publish("permissions.settled", settled);
    publish("permissions.recorded", record);
    if (remembered !== null) grants.committed(remembered);
    return settled;
  };

  const settleUnasked = (entry: Waiting, outcome: Outcome, decidedBy: Decider, reason: string) => {
    try {
      settle(entry, { outcome, decidedBy, scope: null, reason });
    } catch (error) {
      deps.report(error);
    }
  };

  /** Outcomes that no person sees are recorded before they count. */
  const settleSilently = async (
    call: { request: GateRequest; subject: PermissionSubject; digest: string; act: string },
    how: { outcome: Outcome; decidedBy: Decider; scope: Scope | null; reason: string | null },
    grant: Grant | null,
  ): Promise<GateAnswer> => {
    const { request, subject } = call;
    const record: DecisionRecord = {
      id: `dec_${randomHex()}` as DecisionId,
      at: clock.now(),
      permissionId: null,
      runId: request.runId,
      sessionId: request.sessionId,
      clientId: request.clientId,
      tool: request.tool.info.name,
      action: subject.action,
      targetPreview: preview(subject.target, 200),
      workDir: request.context.workspace,
      act: call.act,
      ...how,
      waitedMs: 0,
    };
    try {
      await commit.write(() => {
        store.record(record);
        if (grant !== null) grants.use(grant);
      });
    } catch {
      return { ...how, outcome: "denied", reason: NOT_RECORDED, permission: null, digest: "" };
    }
    if (grant !== null) grants.used(grant);
    publish("permissions.recorded", record);
    return { ...how, permission: null, digest: call.digest };
  };

  const askPerson = async (
    request: GateRequest,
    asked: Asked,
    digest: string,
    timeoutMs: number | null,
    onAsked: (permission: PermissionRequest) => void,
  ): Promise<GateAnswer> => {
    const { tool, context } = request;
    const presentation = await presentationOf(request);
    request.signal.throwIfAborted();
    const now = clock.now();
    const place = shortPlace(context.workspace);
    const permission: PermissionRequest = {
      id: `perm_${randomHex()}` as PermissionId,
      runId: request.runId,
      sessionId: request.sessionId,
      clientId: request.clientId,
      tool: tool.info.name,
      action: asked.subject.action,
      target: asked.subject.target,
      targetPreview: preview(asked.subject.target, 200),
      arguments: request.arguments,
      workDir: context.workspace,
      digest,
      act: presentation.act,
      wants: presentation.wants,
      presentation,
      riskLevel: highestRisk(presentation.risks),
      choices: choicesFor(asked, { thing: capitalised(presentation.act), place }),
      status: "pending",
      askedAt: now,
      expiresAt: timeoutMs === null ? null : now + timeoutMs,
      settledAt: null,
      decidedBy: null,
      scope: null,
      reason: null,
    };
    return new Promise((resolve) => {
      const { target: _t, arguments: _a, presentation: _p, choices, digest: _d, ...summary } = permission;
      const entry: Waiting = { summary, digest, choices, asked, settled: resolve, callOff: () => {} };
      const withdraw = () =>
        settleUnasked(entry, "withdrawn", { kind: "system", name: "cancel" }, RUN_ENDED);
      const expire = () => settleUnasked(entry, "expired", { kind: "timeout", name: "" }, TIMED_OUT);
      const stopTimer = timeoutMs === null ? () => {} : clock.after(timeoutMs, expire);
      entry.callOff = () => {
        stopTimer();
        request.signal.removeEventListener("abort", withdraw);
      };
      waiting.set(permission.id, entry);
      request.signal.addEventListener("abort", withdraw, { once: true });
      commit.queue(
        () => store.insert(permission),
        () => publish("permissions.asked", summary),
        () => {
          if (!waiting.delete(permission.id)) return;
          entry.callOff();
          resolve({
            outcome: "denied",
            decidedBy: { kind: "system", name: "storage" },
            scope: null,
            reason: NOT_RECORDED,
            permission: null,
            digest: "",
          });
        },
      );
      onAsked(permission);
    });
  };

  return {
    async ask(request, onAsked) {
      const { tool, context, clientId, sessionId } = request;
      if (tool.permission === undefined) throw new Error(`${tool.info.name} needs no permission`);
      const subject = await tool.permission.subject(request.arguments, context);
      request.signal.throwIfAborted();
      const asked: Asked = { clientId, sessionId, tool: tool.info.name, workDir: context.workspace, subject };
      const digest = requestDigest({ tool: tool.info.name, arguments: request.arguments, workDir: context.workspace });
      const call = { request, subject, digest, act: silentAct(tool.info.name, subject) };
      const rules = deps.rules();
      const policy = applyPolicy(rules, clientId, sessionId);
      if (policy.verdict === "deny") {
        const decidedBy = { kind: "policy", name: policy.rule } as const;
        return settleSilently(call, { outcome: "denied", decidedBy, scope: null, reason: policy.reason }, null);
      }
      if (policy.verdict === "allow") {
        const decidedBy = { kind: "policy", name: policy.rule } as const;
        return settleSilently(call, { outcome: "allowed", decidedBy, scope: null, reason: null }, null);
      }
      const remembered = grants.covering(asked);
      if (remembered !== null) {
        const { grant } = remembered;
        const decidedBy = { kind: "grant", name: grant.id } as const;
        return settleSilently(call, { outcome: "allowed", decidedBy, scope: grant.scope, reason: null }, grant);
      }
      return askPerson(request, asked, digest, rules.timeoutMs, onAsked);
    },

    decide(id, decision, decidedBy) {
      const entry = waiting.get(id);
      if (entry === undefined) {
        const settled = store.summary(id);
        if (settled === null) throw fail(permissions, "not_found", "There is no such permission request.");
        throw fail(permissions, "already_settled", `This request was ${settled.status} already.`, { data: settled });
      }
      if (decision.digest !== undefined && decision.digest !== entry.digest) {
        throw fail(permissions, "changed", "What you answered is not what is being asked. Look at the request again.");
      }
      if (decision.decision === "deny") {
        const reason = decision.reason?.trim() || DENIED_BY_PERSON;
        return settle(entry, { outcome: "denied", decidedBy, scope: null, reason });
      }
      if (!isRememberable(decision.scope, entry.choices)) {
        throw fail(permissions, "scope_refused", "This can be allowed only once, it can't be remembered.");
      }
      const remembered = decision.scope === "once" ? null : rememberedGrant(decision.scope, entry, clock.now());
      const reason = decision.reason?.trim() || null;
      return settle(entry, { outcome: "allowed", decidedBy, scope: decision.scope, reason }, remembered);
    },

    denyAll(reason) {
      for (const entry of [...waiting.values()]) {
        settleUnasked(entry, "denied", { kind: "system", name: "shutdown" }, reason);
      }
    },
    pending: () => [...waiting.values()].map(({ summary }) => summary),
    pendingCount: () => waiting.size,
    get(id) {
      commit.flush();
      const permission = store.get(id);
      if (permission === null) throw fail(permissions, "not_found", "There is no such permission request.");
      return permission;
    },
    find: (id) => waiting.get(id as PermissionId)?.summary ?? store.summary(id),
    decisions: store.decisions,
    grants: () => grants.list(),
    revoke: (id) => grants.revoke(id),
    restore: (id) => grants.restore(id),
  };
}

async function presentationOf(request: GateRequest) {
  const presentation = await request.tool.permission?.present(request.arguments, request.context);
  if (presentation === undefined) throw new Error(`${request.tool.info.name} can't be presented`);
  return presentation;
}

function rememberedGrant(scope: Exclude<Scope, "once">, entry: Waiting, now: number): RememberedGrant {
  const { asked, summary } = entry;
  const lastsMs = grantLastsMs(scope);
  const boundToSession = scope === "session" || scope === "session_target";
  return {
    grant: {
      id: grantId(scope, grantKey(scope, asked)),
      scope,
      owner: ownerOf(asked.clientId, asked.sessionId),
      clientId: asked.clientId,
      sessionId: boundToSession || asked.clientId.trim() === "" ? asked.sessionId : null,
      tool: asked.tool,
      action: asked.subject.action,
      target: asked.subject.target,
      workDir: asked.workDir,
      sentence: grantSentence(scope, asked, { act: summary.act, place: shortPlace(asked.workDir) }),
      createdAt: now,
      expiresAt: lastsMs === null ? null : now + lastsMs,
      lastUsedAt: null,
      useCount: 0,
    },
    scriptDigest: asked.subject.execution?.script?.digest ?? null,
  };
}

function settledSummary(
  summary: PermissionSummary,
  how: { outcome: Outcome; decidedBy: Decider; scope: Scope | null; reason: string | null; at: number },
): PermissionSummary {
  const { outcome, at, ...rest } = how;
  return { ...summary, ...rest, status: outcome, settledAt: at };
}

function recordOf(settled: PermissionSummary): DecisionRecord {
  const at = settled.settledAt ?? settled.askedAt;
  return {
    id: `dec_${randomHex()}` as DecisionId,
    at,
    permissionId: settled.id,
    runId: settled.runId as RunId,
    sessionId: settled.sessionId,
    clientId: settled.clientId,
    tool: settled.tool,
    action: settled.action,
    targetPreview: settled.targetPreview,
    workDir: settled.workDir,
    act: settled.act,
    outcome: settled.status as Outcome,
    decidedBy: settled.decidedBy ?? { kind: "system", name: "" },
    scope: settled.scope,
    reason: settled.reason,
    waitedMs: Math.max(0, at - settled.askedAt),
  };
}

function highestRisk(risks: PermissionRequest["presentation"]["risks"]): PermissionSummary["riskLevel"] {
  const levels = new Set(risks.map((risk) => risk.level));
  return levels.has("high") ? "high" : levels.has("medium") || levels.size === 0 ? "medium" : "low";
}

/** The act of a call that nobody was shown, so nothing was presented. */
function silentAct(tool: string, subject: PermissionSubject): string {
  return `${subject.execution === undefined ? tool : "run"} \`${preview(subject.target, 100)}\``;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
