import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import type { Kept } from "../../kernel/kept.ts";
import { giveWay } from "../../kernel/slices.ts";
import type { RetentionSettings } from "./contract.ts";
import { KeptKind } from "./contract.ts";
import type { SizeStore } from "./store.ts";

const DAY_MS = 86_400_000;
const GIGABYTE = 1_000_000_000;
const PAGES_AT_ONCE = 64;
/** Free room is written again soon; more than this of it is given back. */
const WORTH_IT_BYTES = 16 * 1024 * 1024;
const WORTH_IT_SHARE = 0.1;

export interface Sweeper {
  /** Lets go of what the settings do not keep, given how much there is. Resolves when it is done or was stopped. */
  sweep(bytes: ReadonlyMap<string, number>): Promise<void>;
  stop(): void;
}

/**
 * In slices between which everybody else has a turn.
 *
 * A clock that is set forward makes nothing old: what counts is the earlier of what the clock says and what it would
 * say if nobody had set it since the start.
 */
export function createSweeper(deps: {
  readonly kept: () => readonly Kept[];
  readonly settings: () => RetentionSettings;
  readonly store: SizeStore;
  readonly commit: GroupCommit;
  readonly clock: Clock;
}): Sweeper {
  const { store, commit, clock } = deps;
  const started = { now: clock.now(), steady: clock.steady() };
  let isStopped = false;

  const unsetNow = () => Math.min(clock.now(), started.now + clock.steady() - started.steady);

  const letGo = async (kept: Kept, before: number, isEnough: (freed: number) => boolean) => {
    for (let freed = 0; !isStopped && !isEnough(freed);) {
      const some = kept.letGo(before);
      if (some === 0) return;
      freed += some;
      await giveWay();
    }
  };

  const giveBack = async () => {
    if (!store.canGiveBack()) return;
    const worthIt = Math.max(WORTH_IT_BYTES, store.bytes() * WORTH_IT_SHARE);
    if (store.freeBytes() < worthIt) return;
    while (!isStopped && store.freeBytes() > worthIt / 2) {
      commit.flush();
      store.giveBack(PAGES_AT_ONCE);
      await giveWay();
    }
  };

  return {
    async sweep(bytes) {
      const settings = deps.settings();
      for (const kind of KeptKind.options) {
        const [days, gigabytes] = [settings[`${kind}Days`], settings[`${kind}Gb`]];
        for (const kept of deps.kept().filter((each) => each.kind === kind)) {
          if (days !== null) await letGo(kept, unsetNow() - days * DAY_MS, () => false);
          const tooMuch = gigabytes === null ? 0 : (bytes.get(kind) ?? 0) - gigabytes * GIGABYTE;
          if (tooMuch > 0) await letGo(kept, unsetNow() - DAY_MS, (freed) => freed >= tooMuch);
        }
      }
      await giveBack();
    },
    stop: () => void (isStopped = true),
  };
}
