import type { RunId, SessionId } from "../../contract/ids.ts";
import type { Asker } from "../../contract/principal.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Withdrawal } from "../permissions/gate.ts";
import type { QuestionService } from "../questions/service.ts";
import type { Usage } from "../sessions/contract.ts";
import { agreeTo, judge, type Agreement, type Marks, type Verdict } from "./budget.ts";
import { dayOf, MICROS_PER_DOLLAR } from "./prices.ts";

/** A run before its next turn. */
export interface SpendingRun {
  readonly id: RunId;
  readonly sessionId: SessionId;
  readonly clientId: string;
  readonly model: string;
  readonly folder: string;
  /** In all turns so far. */
  readonly used: Usage | null;
  readonly signal: AbortSignal;
  readonly onWaiting: () => void;
  readonly onAnswered: () => void;
}

export interface BudgetGate {
  /**
   * Whether a run may take its next turn. Null: it may, at once. Else resolves when a person has answered: with null,
   * or with why it may not; soon with null when the run's signal aborts.
   */
  mayGoOn(run: SpendingRun): Promise<string | null> | null;
  /** What it used is on record now. */
  ended(id: RunId): void;
}

/** A limit is nobody's but the person's, whichever run comes upon it first. */
const GATEHOUSE: Asker = { kind: "owner", id: "owner", name: "" };
const GO_ON = "go_on";
const NOBODY_WAITS: Withdrawal = { withdrawnBy: "left", words: "no run waits for it any more" };

export function createBudgetGate(deps: {
  readonly marks: () => Marks;
  /** On record of today, in millionths of a dollar. */
  readonly spentToday: () => number;
  readonly costOf: (model: string, used: Usage) => number | null;
  readonly agreement: { read(day: string): Agreement | null; write(agreement: Agreement): void };
  readonly questions: Pick<QuestionService, "askHere">;
  readonly clock: Clock;
}): BudgetGate {
  const { clock, questions } = deps;
  /** What runs that go on have cost, and is on no record yet. */
  const underWay = new Map<RunId, number>();
  let underWaySum = 0;
  /** One question for all runs that wait. */
  let asking: { waiting: number; readonly answer: Promise<boolean>; readonly abort: AbortController } | null =
    null;

  const setUnderWay = (id: RunId, cost: number) => {
    underWaySum += cost - (underWay.get(id) ?? 0);
    if (cost === 0) underWay.delete(id);
    else underWay.set(id, cost);
  };

  const look = () => {
    const day = dayOf(clock.now());
    const marks = deps.marks();
    if (marks.warn === null && marks.stop === null) return { day, marks, spent: 0, verdict: "go" as const };
    const spent = deps.spentToday() + underWaySum;
    return { day, marks, spent, verdict: judge(spent, day, marks, deps.agreement.read(day)) };
  };

  const ask = async (run: SpendingRun, signal: AbortSignal): Promise<boolean> => {
    const { day, marks, spent, verdict } = look();
    if (verdict === "go") return true;
    const agreement = agreeTo(verdict, spent, day, marks);
    const { id: runId, sessionId, clientId, folder } = run;
    const settled = await questions.askHere(
      {
        wanted: {
          text: questionWords(verdict, spent, marks),
          choices: [
            { value: GO_ON, label: goOnWords(agreement) },
            { value: "end", label: "End the runs that wait" },
          ],
          isSeveral: false,
          allowsText: false,
          urgency: "high",
          onTimeout: "unanswered",
        },
        origin: { door: "run", runId, sessionId, clientId, folder, callId: null },
        asker: GATEHOUSE,
        signal,
      },
      () => {},
    );
    const { answer } = settled;
    const isAgreed = answer?.kind === "choices" && answer.values.includes(GO_ON);
    if (isAgreed) deps.agreement.write(agreement);
    return isAgreed;
  };

  const join = async (run: SpendingRun): Promise<boolean> => {
    if (asking === null) {
      const abort = new AbortController();
      const asked = { waiting: 0, answer: ask(run, abort.signal), abort };
      const over = () => {
        if (asking === asked) asking = null;
      };
      asked.answer.then(over, over);
      asking = asked;
    }
    const joined = asking;
    joined.waiting += 1;
    const { signal } = run;
    return new Promise<boolean>((resolve, reject) => {
      const leave = () => {
        joined.waiting -= 1;
        resolve(false);
        if (joined.waiting > 0) return;
        // Whoever comes next asks anew.
        if (asking === joined) asking = null;
        joined.abort.abort(NOBODY_WAITS);
      };
      signal.addEventListener("abort", leave, { once: true });
      const over = () => signal.removeEventListener("abort", leave);
      joined.answer.finally(over).then(resolve, reject);
    });
  };

  const wait = async (run: SpendingRun): Promise<string | null> => {
    run.onWaiting();
    try {
      for (;;) {
        const { verdict, marks } = look();
        if (verdict === "go") return null;
        if (!(await join(run))) return run.signal.aborted ? null : refusalWords(verdict, marks);
      }
    } finally {
      run.onAnswered();
    }
  };

  return {
    mayGoOn(run) {
      if (run.used !== null) setUnderWay(run.id, deps.costOf(run.model, run.used) ?? 0);
      return look().verdict === "go" ? null : wait(run);
    },
    ended: (id) => setUnderWay(id, 0),
  };
}

const dollars = (micros: number) => `$${(micros / MICROS_PER_DOLLAR).toFixed(2)}`;

function questionWords(verdict: Exclude<Verdict, "go">, spent: number, { warn, stop }: Marks): string {
  const mark =
    verdict === "stop"
      ? `your limit for a day is ${dollars(stop ?? 0)}`
      : `you wanted to be asked above ${dollars(warn ?? 0)}`;
  return `Gatehouse asks: today's runs have cost ${dollars(spent)}, and ${mark}. May they go on?`;
}

const goOnWords = ({ upTo }: Agreement) =>
  upTo === null ? "Go on today" : `Go on, up to ${dollars(upTo)} today`;

const refusalWords = (verdict: Verdict, { warn, stop }: Marks) =>
  verdict === "stop"
    ? `loop: the limit of ${dollars(stop ?? 0)} for a day was reached`
    : `loop: the runs of a day have cost ${dollars(warn ?? 0)}, and nobody wanted more`;
