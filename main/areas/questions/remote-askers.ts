import { isAbsolute, resolve } from "node:path";
import type * as z from "zod";
import type { Presence } from "../../contract/define.ts";
import { fail } from "../../contract/fail.ts";
import type { QuestionId } from "../../contract/ids.ts";
import { actingName, askerOf, type Principal } from "../../contract/principal.ts";
import { createAttendance, type Attendance } from "../../kernel/attendance.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import { recordedDeadline, stampNow } from "../../kernel/deadline.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import type { Patience } from "../../kernel/waiters.ts";
import type { Withdrawal } from "../permissions/gate.ts";
import { answerWords } from "./answer-words.ts";
import { questions, type AskedQuestion, type Question, type Wanted } from "./contract.ts";
import type { Opening } from "./opening.ts";
import { readQuestion } from "./read-question.ts";
import type { QuestionSettling } from "./settling.ts";
import type { QuestionStore, RecordedQuestion } from "./store.ts";

/** Those who ask and wait in another process, and come back to hear the answer. */
export interface RemoteAskers {
  /** The same key is the same question. Contract: it is on record, or this rejects. */
  ask(input: z.output<typeof questions.endpoints.ask.input>, principal: Principal): Promise<AskedQuestion>;
  waitForAnswer(
    id: QuestionId,
    waitMs: number,
    principal: Principal,
    presence?: Presence,
  ): Promise<AskedQuestion>;
  cancel(id: QuestionId, principal: Principal): AskedQuestion;
  /** Asks again what an earlier process left: whoever waits elsewhere may still do so. */
  takeUp(left: readonly RecordedQuestion[]): void;
  /** What waits stays on record as it is, for the next process. */
  stop(): void;
}

const TAKEN_BACK: Withdrawal = { withdrawnBy: "asker", words: "whoever asked took the question back" };
const LEFT: Withdrawal = { withdrawnBy: "left", words: "nobody waited for the answer any more" };

export function createRemoteAskers(deps: {
  readonly store: QuestionStore;
  readonly opening: Opening;
  readonly waiting: QuestionSettling["waiting"];
  readonly find: (id: QuestionId) => Question | null;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof questions>;
}): RemoteAskers {
  const { store, opening, waiting, find, commit, clock, publish } = deps;
  const open = new Map<QuestionId, { readonly abort: AbortController; readonly attendance: Attendance }>();

  const begin = (question: Question, patienceMs: number, deadline: Patience["deadline"]) => {
    const abort = new AbortController();
    const { signal } = abort;
    const attendance = createAttendance({ clock, patienceMs, left: () => abort.abort(LEFT) });
    open.set(question.id, { abort, attendance });
    const lookAgain = () => attendance.lookAgain();
    void opening.open(question, { deadline, signal, lookAgain }).then(() => {
      open.delete(question.id);
      attendance.end();
    });
    attendance.heard();
  };

  /** One's own only: whose others are is nobody's business. */
  const own = (id: QuestionId, { kind, id: askerId }: Principal): Question => {
    const found = find(id);
    const isOwn = found !== null && found.asker.kind === kind && found.asker.id === askerId;
    if (!isOwn || found.door === "run") throw fail(questions, "not_found", "You asked no such question.");
    return found;
  };

  /** The question that has this key, as it is; null if it is to be asked anew, because nobody answered it. */
  const askedBefore = (principal: Principal, key: string, wanted: Wanted): Question | null => {
    const before = store.withKey(askerOf(principal), key);
    if (before === null) return null;
    const question = find(before.question.id) ?? before.question;
    if (!isSame(question, wanted)) {
      throw fail(questions, "key_taken", "With this key you asked something else.", {
        data: { id: question.id },
      });
    }
    return question.status === "withdrawn" ? null : question;
  };

  return {
    async ask(input, principal) {
      const {
        door,
        folder = "",
        agent,
        sessionId = null,
        callId = null,
        patienceSeconds,
        key,
        ...wanted
      } = input;
      if (folder !== "" && !isAbsolute(folder)) {
        throw fail(questions, "folder_not_absolute", "Give the folder as an absolute path.");
      }
      const before = key === undefined ? null : askedBefore(principal, key, wanted);
      if (before !== null) {
        open.get(before.id)?.attendance.heard();
        return toAsked(before);
      }
      const clientId = actingName(principal, agent);
      const place = folder === "" ? "" : resolve(folder);
      const origin = { door, runId: null, sessionId, clientId, folder: place, callId };
      const asker = askerOf(principal);
      const { question, deadline } = opening.draft({ wanted, origin, asker });
      const patienceMs = patienceSeconds * 1000;
      // At once, so that the same key a moment later finds it.
      commit.now(() => {
        if (key !== undefined) store.releaseKey(asker, key);
        store.insert({ question, patienceMs, stamp: stampNow(clock), key: key ?? null });
      });
      begin(question, patienceMs, deadline);
      publish("questions.asked", question);
      return toAsked(question);
    },

    async waitForAnswer(id, waitMs, principal, presence) {
      const found = own(id, principal);
      const attendance = open.get(id)?.attendance;
      if (attendance === undefined || found.status !== "pending") return toAsked(found);
      if (waitMs === 0) attendance.heard();
      else await attendance.listen(waitMs, presence);
      return toAsked(own(id, principal));
    },

    cancel(id, principal) {
      own(id, principal);
      open.get(id)?.abort.abort(TAKEN_BACK);
      return toAsked(own(id, principal));
    },

    takeUp(left) {
      for (const { question, patienceMs, stamp } of left) {
        const { askedAt, expiresAt } = question;
        const end = { setAt: askedAt, endsAt: expiresAt ?? 0, stamp, knownAt: askedAt };
        begin(question, patienceMs ?? 0, expiresAt === null ? null : recordedDeadline(clock, end));
      }
    },

    stop() {
      for (const [id, { attendance }] of open) {
        waiting.take(id);
        attendance.end();
      }
      open.clear();
    },
  };
}

function isSame(question: Question, wanted: Wanted): boolean {
  const read = readQuestion(wanted);
  const before = Object.keys(read).map((name) => question[name as keyof typeof read]);
  return JSON.stringify(before) === JSON.stringify(Object.values(read));
}

function toAsked({ id, status, answer, reason, expiresAt }: Question): AskedQuestion {
  return { id, status, answer, reason, expiresAt, words: answer === null ? null : answerWords(answer) };
}
