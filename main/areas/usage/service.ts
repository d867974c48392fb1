import { invalidRequest } from "../../contract/errors.ts";
import type { RunId, SessionId } from "../../contract/ids.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import type { QuestionService } from "../questions/service.ts";
import type { Usage } from "../sessions/contract.ts";
import type { PriceList, Spending, UsageRow, UsageSettings, UsageSum, usage } from "./contract.ts";
import { createBudgetGate, type BudgetGate } from "./budget-gate.ts";
import { costOf, dayOf, daysBefore, MICROS_PER_DOLLAR, priceOf } from "./prices.ts";
import type { UsageKind, UsageStore } from "./store.ts";

export interface EndedRun {
  readonly id: RunId;
  readonly sessionId: SessionId;
  readonly clientId: string;
  readonly model: string;
  readonly usage: Usage | null;
}

export interface UsageQuery {
  readonly by: UsageKind;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly session?: SessionId | undefined;
  readonly limit: number;
}

export interface UsageService extends BudgetGate {
  /** Part of the transaction that ends a run. */
  record(run: EndedRun): void;
  /** After the commit of `record`. */
  announce(run: EndedRun): void;
  costOfRun(id: RunId): number | null;
  today(): Spending;
  query(asked: UsageQuery): Promise<{ since: string; until: string; rows: UsageRow[]; total: UsageSum }>;
  prices(): PriceList;
}

const DAYS_SHOWN = 30;
const microsIn = (dollars: number | null) =>
  dollars === null ? null : Math.round(dollars * MICROS_PER_DOLLAR);

export function createUsageService(deps: {
  readonly store: UsageStore;
  readonly clock: Clock;
  readonly publish: Publish<typeof usage>;
  readonly settings: () => UsageSettings;
  readonly priceList: PriceList;
  readonly questions: Pick<QuestionService, "askHere">;
  readonly commit: GroupCommit;
}): UsageService {
  const { store, clock, commit, priceList } = deps;

  const microsOf = (model: string, used: Usage): number | null => {
    const price = priceOf(model, deps.settings().prices, priceList.models);
    return price === null ? null : costOf(used, price);
  };
  /** What is on record of one day, added up once. */
  let counted: { readonly day: string; cost: number; unpriced: number } | null = null;
  /** Written, but perhaps not committed yet. Null: without a price. */
  const uncounted = new Map<RunId, { readonly day: string; readonly cost: number | null }>();

  const countedToday = () => {
    const day = dayOf(clock.now());
    if (counted?.day !== day) counted = { day, ...store.ofDay(day) };
    return counted;
  };
  const today = (): Spending => {
    const { day, cost, unpriced } = countedToday();
    return { day, cost: cost / MICROS_PER_DOLLAR, unpricedRuns: unpriced };
  };

  const gate = createBudgetGate({
    clock,
    questions: deps.questions,
    marks() {
      const { warnPerDay, stopPerDay } = deps.settings();
      return { warn: microsIn(warnPerDay), stop: microsIn(stopPerDay) };
    },
    spentToday: () => countedToday().cost,
    costOf: microsOf,
    agreement: {
      read: (day) => store.agreement(day),
      write: (agreement) => commit.now(() => store.writeAgreement(agreement)),
    },
  });

  return {
    ...gate,
    record({ id, sessionId, clientId, model, usage: used }) {
      if (used === null) return;
      const { day } = countedToday();
      const cost = microsOf(model, used);
      store.add({ runId: id, day, model, clientId, sessionId, used, cost });
      uncounted.set(id, { day, cost });
    },
    announce({ id }) {
      const spent = uncounted.get(id);
      if (spent === undefined) return;
      uncounted.delete(id);
      // At midnight the new day is read from the record, and this is on it.
      if (spent.day === counted?.day) {
        counted.cost += spent.cost ?? 0;
        counted.unpriced += spent.cost === null ? 1 : 0;
      }
      deps.publish("usage.spent", today());
    },
    costOfRun: (id) => store.costOfRun(id),
    today,
    async query({ by, session, limit, ...asked }) {
      const until = asked.until ?? dayOf(clock.now());
      const since = asked.since ?? daysBefore(until, DAYS_SHOWN - 1);
      if (since > until) throw invalidRequest("The first day is after the last one.");
      return { since, until, ...(await store.sums({ by, since, until, session, limit })) };
    },
    prices: () => ({ asOf: priceList.asOf, models: { ...priceList.models, ...deps.settings().prices } }),
  };
}
