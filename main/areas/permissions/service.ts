import { deciderOf, type Decider } from "../../contract/decider.ts";
import { DENIED_BY_PERSON } from "../../contract/denied.ts";
import { fail } from "../../contract/fail.ts";
import type { GrantId, PermissionId } from "../../contract/ids.ts";
import { listed } from "../../contract/in-words.ts";
import { keyIdOf, type Principal } from "../../contract/principal.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import { requireScope } from "../../kernel/invoke.ts";
import type { LooseningGate } from "../../kernel/loosening.ts";
import type { OpenStreams } from "../../kernel/open-streams.ts";
import type { StorageHealth } from "../../kernel/storage-health.ts";
import { createAskPerson } from "./ask-person.ts";
import {
  permissions,
  type DecisionRecord,
  type Grant,
  type PermissionRequest,
  type PermissionSummary,
  type Scope,
} from "./contract.ts";
import { checkAnswer } from "./check-answer.ts";
import { decideMany, type ManyDecided, type ManyDecisions } from "./decide-many.ts";
import type { GateAnswer, GateOutcome, GateRequest } from "./gate.ts";
import type { GrantBook } from "./grant-book.ts";
import { createLoosen } from "./loosen.ts";
import { ownerWithKey, rememberedGrant, type Asked, type RememberedGrant } from "./grants.ts";
import type { Refusal } from "../inspection/contract.ts";
import { cannotRun, KEY_ENDED, newDecisionId, type Settlement } from "./outcome.ts";
import { applyPolicy, type PolicyRules, type PolicyVerdict } from "./policy.ts";
import type { Risk } from "../inspection/contract.ts";
import { requestDigest, type DigestedCall } from "../inspection/digest.ts";
import { highestRisk } from "../inspection/risks/risk.ts";
import { createHeldDenials } from "./held-denials.ts";
import { createSettling } from "./settling.ts";
import type { PermissionStore } from "./store.ts";

export interface Decision {
  readonly decision: "allow" | "deny";
  readonly scope: Scope;
  readonly reason?: string | undefined;
  readonly digest?: string | undefined;
  readonly undoable?: boolean | undefined;
}

export interface PermissionService {
  /**
   * Policy, then grants, then a person. When a person is asked, `onAsked` is called before `ask` returns, and so before
   * anybody can answer.
   *
   * Contract: settles exactly once and never as allowed unless the outcome is on record; rejects only when nobody waits
   * for it to begin with, or when the rules can't be read.
   */
  ask(request: GateRequest, onAsked: (permission: PermissionRequest) => void): Promise<GateAnswer>;
  /** Before `ask` for a call with long parts, so that this takes less time at once. */
  serialize(request: Pick<GateRequest, "arguments" | "presentation">): Promise<void>;
  /**
   * The only way in which a waiting request is answered, whichever door the answer came through.
   *
   * Contract: throws unless the caller may also remember, where the answer is to be remembered.
   */
  decide(id: PermissionId, decision: Decision, by: Principal): PermissionSummary;
  /** Takes back a denial that is still held back. */
  undoDenial(id: PermissionId, by: Principal): PermissionSummary;
  /** The same answer to many, each once. */
  decideMany(decisions: ManyDecisions, by: Principal): ManyDecided;
  /** Settles what waits as denied: nobody will be there to answer. */
  denyAll(reason: string): void;
  pending(): PermissionSummary[];
  pendingCount(): number;
  get(id: PermissionId): PermissionRequest;
  find(id: string): PermissionSummary | null;
  /** It waits, and nobody but the person can allow it. */
  isForPerson(id: PermissionId): boolean;
  /** The whole request as it was put on record. */
  onRecord(id: string): PermissionRequest | null;
  decisions: PermissionStore["decisions"];
  /**
   * A row of the ledger about something else that a person answers: `write` is part of the transaction that settles it,
   * `tell` comes after. `target` is all that was asked.
   */
  ledgerRow(record: Omit<DecisionRecord, "id">, target: string): { write(): void; tell(): void };
  grants(): Grant[];
  /** What would loosen the gate goes through it. */
  readonly loosening: LooseningGate;
  revoke(id: GrantId): Grant;
  /** Forgets what is remembered for a key. */
  forgetKey(keyId: string): void;
  /** All or none, in one transaction. Returns those that there were. */
  revokeMany(ids: readonly GrantId[]): Grant[];
  /** Contract: resolves when the grant holds again; it loosens the gate. */
  restore(id: GrantId, by: Principal): Promise<Grant>;
}

export function createPermissionService(deps: {
  readonly store: PermissionStore;
  readonly grants: GrantBook;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof permissions>;
  /** For failures with no caller to tell: a time-out or a cancellation that could not be recorded. */
  readonly report: (error: unknown) => void;
  readonly health: Pick<StorageHealth, "current" | "listen">;
  readonly openStreams: Pick<OpenStreams, "opened" | "hasEnded">;
  /** `timeoutMs` null waits as long as it takes. */
  readonly rules: () => PolicyRules & { readonly timeoutMs: number | null };
}): PermissionService {
  const { store, grants, clock } = deps;
  const settling = createSettling(deps);
  const heldDenials = createHeldDenials({ ...deps, settling });
  const askPerson = createAskPerson({ ...deps, settling });
  const { waiting, settle, settleSilently } = settling;

  settling.withdrawLeftBehind();

  const pending = () =>
    waiting
      .all()
      .map(({ summary }) => summary)
      .filter(({ id }) => !settling.held.has(id));

  /** A person who has just allowed it "for this session" is not asked again by what waits behind it. */
  const allowCovered = () => {
    for (const entry of waiting.all()) {
      if (settling.held.has(entry.summary.id)) continue;
      const covering = grants.covering(entry.asked);
      if (covering !== null) settling.settleOrReport(entry, allowedBy(covering));
    }
  };

  /** Somebody else has answered: what was held back is told now, for it can't be undone behind their back. */
  const answerable = (id: PermissionId) => {
    const entry = waiting.find(id);
    const denial = settling.held.get(id);
    if (entry === undefined || denial === undefined) return entry;
    settling.settleOrReport(entry, denial);
    return undefined;
  };

  /** Policy, then grants, then a person: what each says is on record before it counts. */
  const outcomeOf = (
    request: GateRequest,
    digest: string,
    onAsked: (permission: PermissionRequest) => void,
  ): Promise<GateOutcome> => {
    const { clientId, sessionId, folder } = request.origin;
    const { tool, subject } = request;
    const riskLevel = highestRisk(request.presentation.risks);
    const keyId = keyIdOf(request.asker);
    // A look at the call may have taken longer than the key held.
    if (keyId !== null && deps.openStreams.hasEnded(request.asker)) {
      return settleSilently(request, digest, KEY_ENDED);
    }
    const asked: Asked = { clientId, keyId, sessionId, tool, workDir: folder, subject, riskLevel };
    const rules = deps.rules();
    const { timeoutMs } = rules;
    if (request.refusal !== undefined) return refuse(request, request.refusal, digest);
    if (request.isAboutRules === true) return askPerson(request, { asked, digest, timeoutMs }, onAsked);
    const own = request.rule ?? ASK;
    // A key was given a name by the person, not the rights of a channel that begins like it.
    const tier = keyId === null ? applyPolicy(rules, clientId, sessionId ?? "") : applyPolicy(rules, "", "");
    const denied = [own, tier].find(({ verdict }) => verdict === "deny") ?? ASK;
    if (denied.verdict !== "ask") return settleSilently(request, digest, byRule(denied));
    if (request.isForPerson === true) return askPerson(request, { asked, digest, timeoutMs }, onAsked);
    if (tier.verdict !== "ask") return settleSilently(request, digest, byRule(tier));
    const covering = grants.covering(asked);
    if (covering !== null) {
      return settleSilently(request, digest, allowedBy(covering), grants.use(covering.grant));
    }
    if (own.verdict !== "ask") return settleSilently(request, digest, byRule(own));
    const shown = withChanges(request, grants.changedSince(asked));
    const seen = { ...asked, riskLevel: highestRisk(shown.presentation.risks) };
    return askPerson(shown, { asked: seen, digest, timeoutMs }, onAsked);
  };

  const refuse = async (request: GateRequest, refusal: Refusal, digest: string): Promise<GateOutcome> => {
    const refused = await settleSilently(request, digest, cannotRun(refusal));
    return { ...refused, reason: refusal.forModel };
  };

  const loosening = createLoosen({
    ask: (request) => outcomeOf(request, digestOf(request), () => {}),
    record: (request, how) => settleSilently(request, digestOf(request), how),
    clock,
    publish: deps.publish,
  });

  return {
    loosening,
    async ask(request, onAsked) {
      request.signal.throwIfAborted();
      const { tool, arguments: args, origin, subject, recheck } = request;
      const call = { tool, arguments: args, workDir: origin.folder };
      const outcome = outcomeOf(request, requestDigest({ ...call, subject }), onAsked);
      return withRecheck(outcome, call, recheck);
    },

    serialize: ({ arguments: args, presentation }) => store.serialize(args, presentation),

    decide(id, decision, by) {
      if (decision.scope !== "once") requireScope(by, "remember");
      const decidedBy = deciderOf(by);
      const entry = answerable(id);
      if (entry === undefined) {
        const settled = this.find(id);
        if (settled === null) throw fail(permissions, "not_found", "There is no such permission request.");
        throw fail(permissions, "already_settled", `This request was ${settled.status} already.`, {
          data: settled,
        });
      }
      checkAnswer(entry, decision, by);
      const note = decision.reason?.trim() ?? "";
      if (decision.decision !== "allow") {
        const denied: Settlement = {
          outcome: "denied",
          decidedBy,
          scope: null,
          reason: note || DENIED_BY_PERSON,
        };
        return decision.undoable === true ? heldDenials.hold(entry, denied, by) : settle(entry, denied);
      }
      const { scope } = decision;
      const how = { outcome: "allowed", decidedBy, scope, reason: note || null } as const;
      if (scope === "once") return settle(entry, how);
      const remembered = rememberedGrant(scope, entry.asked, entry.summary.act, clock.now());
      const settled = settle(entry, how, grants.remember(remembered));
      allowCovered();
      return settled;
    },

    undoDenial: (id, by) => heldDenials.undo(id, by),
    decideMany: (decisions, by) => decideMany(settling, decisions, by),
    denyAll(reason) {
      const decidedBy: Decider = { kind: "system", name: "shutdown" };
      for (const entry of waiting.all()) {
        settling.settleOrReport(entry, { outcome: "denied", decidedBy, scope: null, reason });
      }
    },
    pending,
    pendingCount: () => waiting.count() - settling.held.size,
    get(id) {
      deps.commit.flush();
      const permission = store.get(id);
      if (permission === null) throw fail(permissions, "not_found", "There is no such permission request.");
      return { ...permission, ...settling.unrecorded(id) };
    },
    find: (id) => waiting.find(id as PermissionId)?.summary ?? settling.unrecorded(id) ?? store.summary(id),
    isForPerson: (id) => waiting.find(id)?.isForPerson === true,
    onRecord: (id) => store.get(id),
    decisions: store.decisions,
    ledgerRow(told, target) {
      const record = { ...told, id: newDecisionId() };
      return {
        write: () => store.record(record, target),
        tell: () => deps.publish("permissions.recorded", record),
      };
    },
    grants: () => grants.list(),
    revoke: (id) => grants.revoke(id),
    forgetKey(keyId) {
      const owner = ownerWithKey(keyId);
      grants.revokeMany(grants.list().flatMap((grant) => (grant.owner === owner ? [grant.id] : [])));
    },
    revokeMany: (ids) => grants.revokeMany(ids),
    async restore(id, by) {
      const { sentence } = grants.restorable(id);
      const change = {
        act: "remember a revoked grant again",
        sentences: [`${sentence}, without asking.`],
      };
      return loosening.loosen(change, by, () => grants.restore(id));
    },
  };
}

const MAX_CHANGES = 3;

/** A call that was allowed while something stayed the same says what did not. */
function withChanges(request: GateRequest, changed: readonly string[] | null): GateRequest {
  if (changed === null) return request;
  const more = changed.length > MAX_CHANGES ? [`${changed.length - MAX_CHANGES} more`] : [];
  const names = listed([...changed.slice(0, MAX_CHANGES), ...more]);
  const said: Risk = {
    kind: "runs_code",
    level: "high",
    text: `${names} changed since you allowed it`,
    why: "What you allowed was bound to what it led to then. Look at it again before you allow it.",
  };
  const { presentation } = request;
  return { ...request, presentation: { ...presentation, risks: [said, ...presentation.risks] } };
}

function digestOf({ tool, arguments: args, origin, subject }: GateRequest): string {
  return requestDigest({ tool, arguments: args, workDir: origin.folder, subject });
}

const ASK: PolicyVerdict = { verdict: "ask" };

function byRule(said: Exclude<PolicyVerdict, { readonly verdict: "ask" }>): Settlement {
  const isAllowed = said.verdict === "allow";
  return {
    outcome: isAllowed ? "allowed" : "denied",
    decidedBy: { kind: "policy", name: said.rule },
    scope: null,
    reason: isAllowed ? null : said.reason,
  };
}

function allowedBy({ grant: { id, scope } }: RememberedGrant): Settlement {
  return { outcome: "allowed", decidedBy: { kind: "grant", name: id }, scope, reason: null };
}

/** Takes no more of the request than it needs: it is kept for as long as a person thinks. */
async function withRecheck(
  outcome: Promise<GateOutcome>,
  call: Omit<DigestedCall, "subject">,
  recheck: GateRequest["recheck"],
): Promise<GateAnswer> {
  const settled = await outcome;
  return {
    ...settled,
    async isUnchanged() {
      if (settled.outcome !== "allowed" || recheck === undefined) return false;
      return requestDigest({ ...call, subject: await recheck() }) === settled.digest;
    },
  };
}
