import { fail } from "../../contract/fail.ts";
import type { GrantId, PermissionId } from "../../contract/ids.ts";
import type { Principal } from "../../contract/principal.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import { requireScope } from "../../kernel/invoke.ts";
import { createAskPerson } from "./ask-person.ts";
import {
  permissions,
  type Decider,
  type Grant,
  type PermissionRequest,
  type PermissionSummary,
  type Scope,
} from "./contract.ts";
import { deciderOf } from "./decider.ts";
import type { GateAnswer, GateRequest } from "./gate.ts";
import type { GrantBook } from "./grant-book.ts";
import { isRememberable, rememberedGrant, type Asked } from "./grants.ts";
import { applyPolicy, type PolicyRules } from "./policy.ts";
import { requestDigest } from "../inspection/digest.ts";
import { createSettling } from "./settling.ts";
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
  /**
   * The only way in which a waiting request is answered, whichever door the answer came through.
   *
   * Contract: throws unless the caller may also remember, where the answer is to be remembered.
   */
  decide(id: PermissionId, decision: Decision, by: Principal): PermissionSummary;
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

const DENIED_BY_PERSON = "permission denied by the person at the desk";
const RESTARTED = "Gatehouse stopped while this was waiting";

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
  const { store, grants, clock } = deps;
  const settling = createSettling(deps);
  const askPerson = createAskPerson({ ...deps, settling });
  const { waiting, settle, settleSilently } = settling;

  settling.withdrawLeftBehind(RESTARTED);

  /** A person who has just allowed it "for this session" is not asked again by what waits behind it. */
  const allowCovered = () => {
    for (const entry of waiting.values()) {
      const covering = grants.covering(entry.asked);
      if (covering === null) continue;
      const { id, scope } = covering.grant;
      const decidedBy: Decider = { kind: "grant", name: id };
      settling.settleUnasked(entry, { outcome: "allowed", decidedBy, scope, reason: null });
    }
  };

  return {
    async ask(request, onAsked) {
      const { tool, context, clientId, sessionId } = request;
      const { name } = tool.info;
      if (tool.permission === undefined) throw new Error(`${name} needs no permission`);
      const subject = await tool.permission.subject(request.arguments, context);
      request.signal.throwIfAborted();
      const digest = requestDigest({
        tool: name,
        arguments: request.arguments,
        workDir: context.workspace,
        subject,
      });
      const call = { subject, digest };
      const rules = deps.rules();

      const policy = applyPolicy(rules, clientId, sessionId);
      if (policy.verdict === "deny") {
        const decidedBy: Decider = { kind: "policy", name: policy.rule };
        return settleSilently(request, call, {
          outcome: "denied",
          decidedBy,
          scope: null,
          reason: policy.reason,
        });
      }
      if (policy.verdict === "allow") {
        const decidedBy: Decider = { kind: "policy", name: policy.rule };
        return settleSilently(request, call, { outcome: "allowed", decidedBy, scope: null, reason: null });
      }

      const asked: Asked = { clientId, sessionId, tool: name, workDir: context.workspace, subject };
      const remembered = grants.covering(asked);
      if (remembered !== null) {
        const { id, scope } = remembered.grant;
        const decidedBy: Decider = { kind: "grant", name: id };
        return settleSilently(
          request,
          call,
          { outcome: "allowed", decidedBy, scope, reason: null },
          remembered,
        );
      }
      return askPerson(request, { asked, digest, timeoutMs: rules.timeoutMs }, onAsked);
    },

    decide(id, decision, by) {
      if (decision.scope !== "once") requireScope(by, "remember");
      const decidedBy = deciderOf(by);
      const entry = waiting.get(id);
      if (entry === undefined) {
        const settled = this.find(id);
        if (settled === null) throw fail(permissions, "not_found", "There is no such permission request.");
        throw fail(permissions, "already_settled", `This request was ${settled.status} already.`, {
          data: settled,
        });
      }
      if (decision.digest !== undefined && decision.digest !== entry.digest) {
        throw fail(
          permissions,
          "changed",
          "What you answered is not what is being asked. Look at the request again.",
        );
      }
      const note = decision.reason?.trim() ?? "";
      if (decision.decision !== "allow") {
        return settle(entry, { outcome: "denied", decidedBy, scope: null, reason: note || DENIED_BY_PERSON });
      }
      const { scope } = decision;
      if (!isRememberable(scope, entry.choices)) {
        throw fail(
          permissions,
          "scope_refused",
          "This can't be remembered in that way. Look at the choices.",
        );
      }
      const how = { outcome: "allowed", decidedBy, scope, reason: note || null } as const;
      if (scope === "once") return settle(entry, how);
      const settled = settle(entry, how, rememberedGrant(scope, entry.asked, entry.summary.act, clock.now()));
      allowCovered();
      return settled;
    },

    denyAll(reason) {
      const decidedBy: Decider = { kind: "system", name: "shutdown" };
      for (const entry of waiting.values()) {
        settling.settleUnasked(entry, { outcome: "denied", decidedBy, scope: null, reason });
      }
    },
    pending: () => [...waiting.values()].map(({ summary }) => summary),
    pendingCount: () => waiting.size,
    get(id) {
      deps.commit.flush();
      const permission = store.get(id);
      if (permission === null) throw fail(permissions, "not_found", "There is no such permission request.");
      return { ...permission, ...settling.unrecorded(id) };
    },
    find: (id) => waiting.get(id as PermissionId)?.summary ?? settling.unrecorded(id) ?? store.summary(id),
    decisions: store.decisions,
    grants: () => grants.list(),
    revoke: (id) => grants.revoke(id),
    restore: (id) => grants.restore(id),
  };
}
