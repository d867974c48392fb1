import { deciderOf } from "../../contract/decider.ts";
import { fail } from "../../contract/fail.ts";
import type { QuestionId } from "../../contract/ids.ts";
import type { Principal } from "../../contract/principal.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import { stampNow } from "../../kernel/deadline.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import type { OpenStreams } from "../../kernel/open-streams.ts";
import type { StorageHealth } from "../../kernel/storage-health.ts";
import type { PermissionService } from "../permissions/service.ts";
import { wrongInAnswer } from "./check-answer.ts";
import { questions, type Answer, type Question } from "./contract.ts";
import { createOpening, type NewQuestion } from "./opening.ts";
import { createRemoteAskers, type RemoteAskers } from "./remote-askers.ts";
import { createQuestionSettling } from "./settling.ts";
import type { QuestionStore } from "./store.ts";

/** A question of somebody who waits in this process. */
export interface QuestionRequest extends NewQuestion {
  /** Aborted when nobody is there any more to hear the answer. */
  readonly signal: AbortSignal;
}

export interface QuestionService extends Pick<RemoteAskers, "ask" | "waitForAnswer" | "cancel" | "stop"> {
  /**
   * Asks, and resolves with the question as it was settled. `onAsked` is called once it is on record.
   *
   * Contract: settles exactly once; rejects for what can't be asked or put on record, before anybody has seen it.
   */
  askHere(request: QuestionRequest, onAsked: (question: Question) => void): Promise<Question>;
  /**
   * With `decline` the only way in which a waiting question is answered, whichever door it came through.
   *
   * Contract: throws unless this very answer counts; the question waits on, or has its one outcome.
   */
  answer(id: QuestionId, answer: Answer, by: Principal): Question;
  decline(id: QuestionId, reason: string | undefined, by: Principal): Question;
  pending(): Question[];
  get(id: QuestionId): Question;
}

export function createQuestionService(deps: {
  readonly store: QuestionStore;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof questions>;
  readonly report: (error: unknown) => void;
  readonly health: Pick<StorageHealth, "listen">;
  readonly openStreams: Pick<OpenStreams, "opened">;
  readonly ledgerRow: PermissionService["ledgerRow"];
  /** As long as a question waits that says nothing of it; null: as long as it takes. */
  readonly timeoutMs: () => number | null;
}): QuestionService {
  const { store, commit, clock, publish } = deps;
  const settling = createQuestionSettling(deps);
  const { waiting } = settling;
  const opening = createOpening({ ...deps, waiting });
  const find = (id: QuestionId): Question | null =>
    waiting.find(id) ?? settling.unrecorded(id) ?? store.get(id)?.question ?? null;
  const remote = createRemoteAskers({ ...deps, waiting, opening, find });

  const left = store.pending();
  settling.withdrawLeftBehind(
    left.filter(({ patienceMs }) => patienceMs === null).map((each) => each.question),
  );
  remote.takeUp(left.filter(({ patienceMs }) => patienceMs !== null));

  const known = (id: QuestionId): Question => {
    commit.flush();
    const question = find(id);
    if (question === null) throw fail(questions, "not_found", "There is no such question.");
    return question;
  };

  /** What waits, and can be answered now. */
  const answerable = (id: QuestionId): Question => {
    const question = waiting.find(id);
    if (question !== undefined) return question;
    const settled = known(id);
    throw fail(questions, "already_settled", `This question was ${settled.status} already.`, {
      data: settled,
    });
  };

  return {
    ask: remote.ask,
    waitForAnswer: remote.waitForAnswer,
    cancel: remote.cancel,
    stop: remote.stop,
    async askHere({ signal, ...asked }, onAsked) {
      signal.throwIfAborted();
      const { question, deadline } = opening.draft(asked);
      const settled = opening.open(question, { deadline, signal });
      const recorded = { question, patienceMs: null, stamp: stampNow(clock), key: null };
      await new Promise<void>((done, failed) => {
        const announce = () => {
          publish("questions.asked", question);
          done();
        };
        commit.queue(
          () => store.insert(recorded),
          announce,
          (error) => {
            waiting.take(question.id)?.(question);
            failed(error);
          },
        );
      });
      onAsked(question);
      return settled;
    },
    answer(id, answer, by) {
      const question = answerable(id);
      const wrong = wrongInAnswer(question, answer);
      if (wrong !== null) throw fail(questions, "bad_answer", wrong);
      return settling.settle(question, {
        status: "answered",
        answer,
        decidedBy: deciderOf(by),
        reason: null,
      });
    },
    decline(id, reason, by) {
      const words = reason?.trim() ?? "";
      const how = {
        status: "declined",
        answer: null,
        decidedBy: deciderOf(by),
        reason: words || null,
      } as const;
      return settling.settle(answerable(id), how);
    },
    pending: () => waiting.all(),
    get: known,
  };
}
