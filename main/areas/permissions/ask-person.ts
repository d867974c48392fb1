import type { PermissionId } from "../../contract/ids.ts";
import { keyIdOf } from "../../contract/principal.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import { deadlineIn } from "../../kernel/deadline.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import type { OpenStreams } from "../../kernel/open-streams.ts";
import { randomHex } from "../../kernel/random-id.ts";
import { quotedPlace } from "../../contract/sentence.ts";
import { shortPlace } from "../inspection/place.ts";
import { sightOf } from "../inspection/sight.ts";
import { preview } from "../../contract/visible-text.ts";
import type { PermissionRequest, permissions, PermissionSummary } from "./contract.ts";
import type { GateOutcome, GateRequest } from "./gate.ts";
import { choicesFor, type Asked } from "./grants.ts";
import { KEY_ENDED, PREVIEW_LENGTH } from "./outcome.ts";
import type { Settling, Waiting } from "./settling.ts";
import type { PermissionStore } from "./store.ts";

export type AskPerson = (
  request: GateRequest,
  call: { readonly asked: Asked; readonly digest: string; readonly timeoutMs: number | null },
  onAsked: (permission: PermissionRequest) => void,
) => Promise<GateOutcome>;

/** Registers who waits, puts the request on record, announces it and waits for the answer. */
export function createAskPerson(deps: {
  readonly store: PermissionStore;
  readonly settling: Settling;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof permissions>;
  readonly report: (error: unknown) => void;
  readonly openStreams: Pick<OpenStreams, "opened">;
}): AskPerson {
  const { store, settling, commit, clock, publish, report, openStreams } = deps;
  const { waiting } = settling;

  /** All of a key at once: one commit, however many there are. */
  const endOfKey = (entry: Waiting) => {
    if (waiting.find(entry.summary.id) === undefined) return;
    const { id } = entry.summary.asker;
    settling.settleMany(
      waiting.all().filter(({ summary: { asker } }) => keyIdOf(asker) === id),
      KEY_ENDED,
    );
  };

  return (request, { asked, digest, timeoutMs }, onAsked) => {
    const permission = permissionOf(request, asked, { digest, timeoutMs, now: clock.now() });
    const summary = summaryOf(permission);
    // No more than has to stay in memory for as long as a person thinks: many may be waiting.
    const isForPerson = request.isForPerson === true;
    const entry = { summary, choices: permission.choices, asked, isForPerson };
    const { signal, lookAgain } = request;
    const deadline = timeoutMs === null ? null : deadlineIn(clock, timeoutMs);
    const outcome = waiting.wait(summary.id, entry, { deadline, signal, lookAgain });
    commit.queue(
      () => store.insert(permission),
      () => publish("permissions.asked", summary),
      (error) => {
        report(error);
        settling.refuse(entry);
      },
    );
    if (keyIdOf(request.asker) !== null) {
      const closed = openStreams.opened(request.asker, () => endOfKey(entry));
      void outcome.then(closed, closed);
    }
    // What it writes is committed together with the request, or after it.
    onAsked(permission);
    return outcome;
  };
}

function permissionOf(
  { origin, asker, tool, arguments: args, presentation }: GateRequest,
  asked: Asked,
  { digest, timeoutMs, now }: { digest: string; timeoutMs: number | null; now: number },
): PermissionRequest {
  const { folder, ...whence } = origin;
  const { action, target } = asked.subject;
  const { act, wants } = presentation;
  const sight = sightOf(presentation);
  return {
    id: `perm_${randomHex()}` as PermissionId,
    ...whence,
    workDir: folder,
    asker,
    tool,
    action,
    target,
    targetPreview: preview(target, PREVIEW_LENGTH),
    arguments: args,
    digest,
    act,
    wants,
    sight,
    presentation,
    riskLevel: asked.riskLevel,
    choices:
      sight === "none"
        ? []
        : choicesFor(asked, { thing: capitalised(act), place: quotedPlace(shortPlace(folder)) }),
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
  const { target: _t, arguments: _a, presentation: _p, choices: _c, ...summary } = permission;
  return summary;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
