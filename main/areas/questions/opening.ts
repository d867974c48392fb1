import { fail } from "../../contract/fail.ts";
import type { QuestionId } from "../../contract/ids.ts";
import { keyIdOf, type Asker } from "../../contract/principal.ts";
import type { Clock } from "../../kernel/clock.ts";
import { deadlineIn } from "../../kernel/deadline.ts";
import type { OpenStreams } from "../../kernel/open-streams.ts";
import { randomHex } from "../../kernel/random-id.ts";
import type { Patience } from "../../kernel/waiters.ts";
import type { Origin } from "../permissions/contract.ts";
import type { Withdrawal } from "../permissions/gate.ts";
import { questions, type Question, type Wanted } from "./contract.ts";
import { readQuestion } from "./read-question.ts";
import type { QuestionSettling } from "./settling.ts";

/** Who asks, from where, for what. */
export interface NewQuestion {
  readonly wanted: Wanted;
  readonly origin: Origin;
  readonly asker: Asker;
}

export interface Opening {
  /**
   * Makes a question of what is wanted, which nobody has seen yet.
   *
   * Contract: throws a refusal for what can't be asked.
   */
  draft(asked: NewQuestion): { readonly question: Question; readonly deadline: Patience["deadline"] };
  /** From here on it can be answered; resolves with the question as it was settled. */
  open(question: Question, patience: Patience): Promise<Question>;
}

const KEY_ENDED: Withdrawal = { withdrawnBy: "left", words: "the key with which it was asked has ended" };

/** More than a person could answer, of one asker and of all; whoever asks on is told to wait. */
const MAX_OPEN_PER_ASKER = 50;
const MAX_OPEN = 1_000;

export function createOpening(deps: {
  readonly waiting: QuestionSettling["waiting"];
  readonly clock: Clock;
  readonly openStreams: Pick<OpenStreams, "opened">;
  /** As long as a question waits that says nothing of it; null: as long as it takes. */
  readonly timeoutMs: () => number | null;
}): Opening {
  const { waiting, clock, openStreams } = deps;

  const refuseTooMany = (origin: Origin, asker: Asker) => {
    const share = shareOf(origin, asker);
    const all = waiting.all();
    const mine = all.filter((question) => shareOf(question, question.asker) === share).length;
    if (mine < MAX_OPEN_PER_ASKER && all.length < MAX_OPEN) return;
    throw fail(questions, "too_many", "Too many questions wait already. Ask again when some are answered.");
  };

  const limitOf = ({ onTimeout, timeoutSeconds }: Wanted): number | null => {
    if (onTimeout === "stay") return null;
    return timeoutSeconds === undefined ? deps.timeoutMs() : timeoutSeconds * 1000;
  };

  return {
    draft({ wanted, origin, asker }) {
      const read = readQuestion(wanted);
      refuseTooMany(origin, asker);
      const { folder, ...whence } = origin;
      const limitMs = limitOf(wanted);
      const askedAt = clock.now();
      const question: Question = {
        id: `ques_${randomHex()}` as QuestionId,
        ...whence,
        workDir: folder,
        asker,
        ...read,
        status: "pending",
        askedAt,
        expiresAt: limitMs === null ? null : askedAt + limitMs,
        settledAt: null,
        answer: null,
        decidedBy: null,
        reason: null,
      };
      return { question, deadline: limitMs === null ? null : deadlineIn(clock, limitMs) };
    },
    open(question, { signal, ...patience }) {
      if (keyIdOf(question.asker) === null)
        return waiting.wait(question.id, question, { ...patience, signal });
      const keyEnds = new AbortController();
      const either = AbortSignal.any([signal, keyEnds.signal]);
      const settled = waiting.wait(question.id, question, { ...patience, signal: either });
      const closed = openStreams.opened(question.asker, () => keyEnds.abort(KEY_ENDED));
      void settled.then(closed, closed);
      return settled;
    },
  };
}

/** Runs of one session share, and so do all who ask with one key: nobody takes the room of others. */
function shareOf({ door, sessionId }: Pick<Origin, "door" | "sessionId">, { kind, id }: Asker): string {
  return door === "run" ? `run ${sessionId ?? ""}` : `${kind} ${id}`;
}
