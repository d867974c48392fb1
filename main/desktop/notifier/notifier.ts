import {
  decideLoosenedNotice,
  decideNotice,
  decideRunNotice,
  type Situation,
} from "../../areas/notifications/decide-notice.ts";
import { loosenedNotice, runNotice, runsKey, type Wording } from "../../areas/notifications/notice.ts";
import {
  addRequest,
  emptyBoard,
  removeRequest,
  tellTogether,
  type BoardStep,
} from "../../areas/notifications/notice-board.ts";
import { comesUp, isOwnAnswer, tellAt } from "../../areas/notifications/patience.ts";
import type { Loosened } from "../../areas/permissions/contract.ts";
import type { WaitingItem } from "../../areas/waiting/contract.ts";
import type { Run } from "../../areas/runs/contract.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { NoticeBackend } from "./backend.ts";

/** Runs that end shortly after one another share a notice. */
const RUNS_TOGETHER_MS = 2000;

export interface Notifier {
  asked(request: WaitingItem): void;
  settled(request: WaitingItem): void;
  runEnded(run: Run): void;
  loosened(what: Loosened): void;
  /** The person has come to look: what was said about runs is stale. */
  seen(): void;
  stop(): Promise<void>;
}

export interface NotifierDeps {
  readonly backend: NoticeBackend;
  readonly situation: () => Situation;
  /** Whether the popup is on screen, or about to be. */
  readonly isPopupUp: () => boolean;
  readonly clock: Clock;
}

/** Carries out what the rules in `areas/notifications` decide. */
export function createNotifier({ backend, situation, isPopupUp, clock }: NotifierDeps): Notifier {
  let board = emptyBoard;
  let endedRuns: Run[] = [];
  let lastRunToldAt = -Infinity;
  let answeredAt = -Infinity;
  /** Requests that are seen elsewhere, and in no notification yet. */
  const held = new Map<string, () => void>();
  let cancelTelling: (() => void) | null = null;
  let cancelRuns: (() => void) | null = null;

  const wording = (): Wording => situation().settings;

  const carryOut = (step: BoardStep) => {
    board = step.board;
    for (const change of step.changes) {
      if (change.kind === "show") backend.show(change.notice, change.replaces);
      else backend.withdraw(change.key);
    }
    cancelTelling?.();
    cancelTelling =
      board.dueAt === null
        ? null
        : clock.after(board.dueAt - clock.now(), () => carryOut(tellTogether(board, clock.now(), wording())));
  };

  /** @param seenFrom when it came before the person, which is later than it was asked where they turned to it later. */
  const tellOrHold = (request: WaitingItem, seenFrom = clock.now()) => {
    if (!comesUp(request)) return;
    const now = clock.now();
    const desk = situation();
    const { isInFront } = desk;
    const seen = isInFront ? { ...request, askedAt: seenFrom } : request;
    const at = tellAt(seen, { isPopupUp: isPopupUp(), isInFront, answeredAt });
    held.get(request.id)?.();
    held.delete(request.id);
    if (at > now) {
      held.set(
        request.id,
        clock.after(at - now, () => tellOrHold(request, seenFrom)),
      );
    } else if (decideNotice({ ...desk, isInFront: false }) === "notify") {
      carryOut(addRequest(board, request, now, wording()));
    }
  };

  const tellRuns = () => {
    cancelRuns = null;
    lastRunToldAt = clock.now();
    if (endedRuns.length > 0) backend.show(runNotice(endedRuns, wording()), runsKey);
  };

  return {
    asked: (request) => tellOrHold(request),
    settled(request) {
      held.get(request.id)?.();
      held.delete(request.id);
      if (isOwnAnswer(request.decidedBy)) answeredAt = clock.now();
      carryOut(removeRequest(board, request.id, clock.now()));
    },
    runEnded(run) {
      if (decideRunNotice(run, situation()) !== "notify") return;
      const isBurst = clock.now() - lastRunToldAt < RUNS_TOGETHER_MS;
      if (!isBurst && cancelRuns === null) endedRuns = [];
      endedRuns = [...endedRuns, run];
      cancelRuns ??= clock.after(isBurst ? RUNS_TOGETHER_MS : 0, tellRuns);
    },
    loosened({ sentences, decidedBy }) {
      const isDoneHere = decidedBy.kind === "window" || decidedBy.kind === "popup";
      if (decideLoosenedNotice(isDoneHere, situation()) !== "notify") return;
      backend.show(loosenedNotice(sentences, wording()), null);
    },
    seen() {
      if (endedRuns.length > 0) backend.withdraw(runsKey);
      endedRuns = [];
    },
    async stop() {
      cancelTelling?.();
      cancelRuns?.();
      for (const cancel of held.values()) cancel();
      await backend.stop();
    },
  };
}
