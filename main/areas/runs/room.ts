import { fail } from "../../contract/fail.ts";
import { keyIdOf } from "../../contract/principal.ts";
import type { OpenStreams } from "../../kernel/open-streams.ts";
import type { Withdrawal } from "../permissions/gate.ts";
import { runs, type RunError } from "./contract.ts";
import type { StartRunInput } from "./service.ts";

/** What all runs that go on may hold together; one alone may hold as much as a request can bring. */
const MAX_RUNS = 20_000;
const MAX_CHARACTERS = 64 * 1024 * 1024;
/** Each may have somebody asked: more than a person could answer. */
const MAX_RUNS_PER_KEY = 200;

/** What ends a run whose key has: nobody answers any more for what it would ask. */
const KEY_ENDED: Withdrawal = {
  withdrawnBy: "left",
  words: "the key with which the run was started has ended",
};

/** Room for runs that wait or go on, and for how long each may have it. */
export interface Room {
  /** Contract: throws a refusal where there is none for it. */
  expect(input: StartRunInput): void;
  /** `abort` is called with KEY_ENDED when the rights of who started it end. Returns what to call when it has ended. */
  take(input: StartRunInput, abort: (reason: Withdrawal) => void): () => void;
}

export function createRoom(openStreams: Pick<OpenStreams, "opened" | "hasEnded">): Room {
  const ofKeys = new Map<string, number>();
  let count = 0;
  let characters = 0;

  const countOfKey = (key: string, change: number) => {
    const now = (ofKeys.get(key) ?? 0) + change;
    if (now === 0) ofKeys.delete(key);
    else ofKeys.set(key, now);
  };

  return {
    expect({ asker, text }) {
      if (count >= MAX_RUNS || (count > 0 && characters + text.length > MAX_CHARACTERS)) {
        throw fail(runs, "busy", "Too much is going on already. Try again when some of it has ended.");
      }
      const key = keyIdOf(asker);
      if (key === null) return;
      if (openStreams.hasEnded(asker)) {
        throw fail(runs, "key_ended", "The key with which this run was to start has ended.");
      }
      if ((ofKeys.get(key) ?? 0) >= MAX_RUNS_PER_KEY) {
        const words = `${MAX_RUNS_PER_KEY} runs of this key wait or go on already. Start more when some have ended.`;
        throw fail(runs, "too_many", words);
      }
    },
    take({ asker, text }, abort) {
      const key = keyIdOf(asker);
      // What waits at the gate for it is withdrawn first, all of a key in one commit.
      const end = () => queueMicrotask(() => abort(KEY_ENDED));
      const closed = key === null ? null : openStreams.opened(asker, end);
      if (key !== null) countOfKey(key, 1);
      count += 1;
      characters += text.length;
      return () => {
        closed?.();
        if (key !== null) countOfKey(key, -1);
        count -= 1;
        characters -= text.length;
      };
    },
  };
}

/** A run that ended with its key says so; who canceled any other knows why. */
export function explained(error: RunError | null, { reason }: AbortSignal): RunError | null {
  return error?.code === "canceled" && reason === KEY_ENDED ? { ...error, message: KEY_ENDED.words } : error;
}
