import type { BenchClient } from "./client.ts";

export const textOf = (words: number): string =>
  Array.from({ length: words }, (_, i) => `word${i % 100}`).join(" ");

export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

async function timed(count: number, once: (i: number) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const began = performance.now();
    await once(i);
    times.push(performance.now() - began);
  }
  return times.toSorted((a, b) => a - b);
}

/** Milliseconds from start to terminal event, one run after the other. */
export async function sequentialRuns(client: BenchClient, count: number, session: (i: number) => string) {
  const text = textOf(50);
  return timed(count, async (i) => {
    await client.stream(await client.startRun(session(i), text));
  });
}

/** Runs per second with so many clients at once. */
export async function parallelRuns(
  client: BenchClient,
  clients: number,
  count: number,
  session: (i: number) => string,
): Promise<number> {
  const text = textOf(50);
  let next = 0;
  const began = performance.now();
  const work = async () => {
    while (next < count) {
      next += 1;
      await client.stream(await client.startRun(session(next), text));
    }
  };
  await Promise.all(Array.from({ length: clients }, work));
  return (count / (performance.now() - began)) * 1000;
}

/** Events per second that reach so many subscribers of one run together. */
export async function subscribers(
  client: BenchClient,
  count: number,
  words: number,
  session: string,
): Promise<number> {
  const runId = await client.startRun(session, textOf(words), { detached: true });
  const began = performance.now();
  const streams = await Promise.all(Array.from({ length: count }, () => client.stream(runId)));
  const events = streams.reduce((sum, stream) => sum + stream.events, 0);
  return (events / (performance.now() - began)) * 1000;
}

export interface PermissionTimes {
  /** From the request's event to the run's end. */
  readonly askedToDone: readonly number[];
  /** From starting the run to its end. */
  readonly startToDone: readonly number[];
}

/** The name of a file that may hold secrets, so that reading it is asked about. */
export const SECRET_FILE = ".env";

/** A call whose tool has hardly anything to do: it reads a few bytes. */
export const idleCall = (): string => `/read_file {"path":"${SECRET_FILE}"}`;

/** A call that writes a file to the disk for good. */
export const writeCall = (i: number): string => `/write_file {"path":"bench-${i}.txt","content":"x"}`;

/** A run that asks once, is allowed over the API, and ends. */
export async function permissions(
  client: BenchClient,
  count: number,
  call: (i: number) => string,
): Promise<PermissionTimes> {
  const askedToDone: number[] = [];
  const startToDone = await timed(count, async (i) => {
    const runId = await client.startRun(`permission-${i}`, call(i));
    let told = "";
    let askedAt = 0;
    let answered: ReturnType<BenchClient["post"]> | undefined;
    await client.stream(runId, (chunk) => {
      told += chunk.toString("latin1");
      if (answered !== undefined) return;
      const id = /"permission_id":"([^"]+)"/.exec(told)?.[1];
      if (id === undefined) return;
      askedAt = performance.now();
      answered = client.post(`/v1/runs/${runId}/permissions/${id}/decision`, { allow: true });
    });
    askedToDone.push(performance.now() - askedAt);
    if ((await answered)?.status !== 200 || !told.includes("event: run_done"))
      throw new Error(`the run was not allowed to its end: ${told.slice(-500)}`);
  });
  return { askedToDone: askedToDone.toSorted((a, b) => a - b), startToDone };
}
