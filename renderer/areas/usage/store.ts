import type { Spending, UsageRow, UsageSum, usage } from "../../../main/areas/usage/contract.ts";
import { followedStore } from "../../client/followed-store.ts";
import { snapshots } from "./calls.ts";

export type Grouping = "model" | "client" | "session";

export interface UsageShown {
  readonly days: readonly UsageRow[];
  readonly rows: readonly UsageRow[];
  readonly total: UsageSum;
  readonly since: string;
  readonly until: string;
  readonly today: Spending;
}

const DAY_MS = 86_400_000;
const ROWS_SHOWN = 100;
const READ_AGAIN_MS = 500;

/** What was used in the last `days` days, read anew whenever a run has ended. */
export function usageOf(days: number, by: Grouping) {
  const load = async () => {
    // Days are those of the daemon, which lives on the same machine.
    const { day } = (await snapshots.getSpending()).value;
    const since = new Date(Date.parse(day) - (days - 1) * DAY_MS).toISOString().slice(0, 10);
    const [byDay, grouped, spending] = await Promise.all([
      snapshots.getUsage({ by: "day", since, limit: days }),
      snapshots.getUsage({ by, since, limit: ROWS_SHOWN }),
      snapshots.getSpending(),
    ]);
    const { total, until } = byDay.value;
    const value = {
      days: byDay.value.rows,
      rows: grouped.value.rows,
      total,
      since,
      until,
      today: spending.value,
    };
    return { value, seq: Math.min(byDay.seq, grouped.seq, spending.seq) };
  };
  let isDue = false;
  const readAgain = () => {
    if (isDue) return;
    isDue = true;
    // Many runs may end in one second.
    setTimeout(() => {
      isDue = false;
      void store.reload();
    }, READ_AGAIN_MS);
  };
  const store = followedStore<typeof usage, UsageShown | null>({
    area: "usage",
    empty: null,
    load,
    reducers: {
      spent(shown, today) {
        readAgain();
        return shown === null ? null : { ...shown, today };
      },
    },
  });
  return store;
}
