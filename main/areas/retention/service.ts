import { fail } from "../../contract/fail.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import type { Kept } from "../../kernel/kept.ts";
import { KeptKind, retention, type KeptSize, type Sizes } from "./contract.ts";
import type { SizeStore } from "./store.ts";
import type { Sweeper } from "./sweeper.ts";

export interface RetentionService {
  sizes(): Sizes;
  /** Measures, then lets go of what is not kept. One at a time. */
  measure(): Promise<Sizes>;
  stop(): void;
}

const WEEK_MS = 7 * 86_400_000;
const DAY_MS = 86_400_000;
const FIRST_LOOK_MS = 10 * 60_000;
const LOOK_EVERY_MS = 3_600_000;

export function createRetentionService(deps: {
  readonly store: SizeStore;
  readonly sweeper: Sweeper;
  readonly kept: () => readonly Kept[];
  /** Bytes by table, in a thread of its own. */
  readonly tableSizes: () => Promise<Readonly<Record<string, number>>>;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof retention>;
  readonly report: (error: unknown) => void;
}): RetentionService {
  const { store, sweeper, commit, clock, publish } = deps;
  let cancelTimer = () => {};
  let isStopped = false;
  let measuring: Promise<Sizes> | null = null;

  const sizes = (): Sizes => {
    const measured = store.upTo(clock.now());
    const earlier = new Map(store.upTo(clock.now() - WEEK_MS).map(({ kind, bytes }) => [kind, bytes]));
    return {
      measuredAt: measured[0]?.measuredAt ?? null,
      kinds: measured.map(({ kind, bytes }) => ({
        kind: kind as KeptSize["kind"],
        bytes,
        bytesWeekAgo: earlier.get(kind) ?? null,
      })),
      freeBytes: store.freeBytes(),
    };
  };

  const byKind = (tables: Readonly<Record<string, number>>): Map<string, number> => {
    const kindOf = new Map(
      deps.kept().flatMap(({ kind, tables: names }) => names.map((name) => [name, kind])),
    );
    const bytes = new Map<string, number>([...KeptKind.options, "other"].map((kind) => [kind, 0]));
    for (const [table, size] of Object.entries(tables)) {
      const kind = kindOf.get(table) ?? "other";
      bytes.set(kind, (bytes.get(kind) ?? 0) + size);
    }
    return bytes;
  };

  const measureAndSweep = async (): Promise<Sizes> => {
    const bytes = byKind(await deps.tableSizes());
    await commit.write(() => store.write(bytes, clock.now()));
    await sweeper.sweep(bytes);
    const now = sizes();
    publish("retention.measured", now);
    return now;
  };

  const measure = (): Promise<Sizes> => {
    measuring ??= measureAndSweep().finally(() => (measuring = null));
    return measuring;
  };

  const isDue = () => {
    const { measuredAt } = sizes();
    return measuredAt === null || Math.abs(clock.now() - measuredAt) >= DAY_MS;
  };
  const look = () => {
    if (isDue()) measure().catch(deps.report);
    plan(LOOK_EVERY_MS);
  };
  const plan = (ms: number) => {
    if (!isStopped) cancelTimer = clock.after(ms, look);
  };
  plan(FIRST_LOOK_MS);

  return {
    sizes,
    async measure() {
      try {
        return await measure();
      } catch (cause) {
        throw fail(retention, "not_measured", `That could not be measured: ${(cause as Error).message}.`);
      }
    },
    stop() {
      isStopped = true;
      cancelTimer();
      sweeper.stop();
    },
  };
}
