import { createBenchClient, type Target } from "./client.ts";
import * as measure from "./measures.ts";

/** What a cold row does. Few enough runs that a daemon is still new when they are over. */
export const loads = {
  async sequential(target: Target) {
    const client = createBenchClient(target);
    const times = await measure.sequentialRuns(client, 200, (i) => `cold-${i}`);
    client.close();
    return measure.quantile(times, 0.5);
  },
  async parallel(target: Target) {
    const client = createBenchClient(target);
    const rate = await measure.parallelRuns(client, 32, 1000, (i) => `cold-${i}`);
    client.close();
    return rate;
  },
  async written(target: Target) {
    const client = createBenchClient(target);
    const { startToDone } = await measure.permissions(client, 100, measure.writeCall);
    client.close();
    return measure.quantile(startToDone, 0.5);
  },
};

export type LoadName = keyof typeof loads;

export interface Job {
  readonly load: LoadName;
  readonly target: Target;
}

/** The load client in a process of its own: it shares no event loop and no heap with what it measures. */
process.on("message", ({ load, target }: Job) => {
  loads[load](target).then(
    (value) => process.send?.({ value }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
