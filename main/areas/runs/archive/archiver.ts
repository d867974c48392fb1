import type { Clock } from "../../../kernel/clock.ts";
import type { GroupCommit } from "../../../kernel/group-commit.ts";
import type { ArchiveStore, Chunk } from "../store/archive-store.ts";
import type { StoredEvent } from "../stored-events.ts";
import { encodeEvents } from "./archive-codec.ts";

/** Who follows a run to its end and a little longer reads what was written, which is quicker. */
const REST_MS = 10_000;
/** Of the time, so that a backlog is worked off beside everything else. */
const PAUSE_MS = 25;
/** So many characters of a log are compressed as one; what is longer by itself stays as it was written. */
const TOGETHER = 64 * 1024;
const TOO_LONG = 512 * 1024;
const LOOKS_AT_ONCE = 200;

export interface Archiver {
  /** A run has ended. */
  due(): void;
  stop(): void;
}

/**
 * Keeps the logs of ended runs in a fifth of the room, a moment later and a little at a time. They are moved to a table
 * of their own, where they lie close together, and what they leave is written to again.
 */
export function createArchiver(deps: {
  readonly store: ArchiveStore;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
}): Archiver {
  const { store, commit, clock, report } = deps;
  let isScheduled = false;
  let isStopped = false;
  /** What lies before this has been looked at in this pass, and was moved, goes on or stays. */
  let passed = 0;
  /** Some have ended too short a while ago. */
  let isMoreToCome = false;
  /** Where the next pass begins: before the first log that goes on or has just ended. */
  let resumeAt: number | null = null;

  /** The next chunks of an ended run that go together, after a position; null when the pass is over. */
  const take = (): { readonly chunks: readonly Chunk[]; readonly after: number } | null => {
    for (let looks = 0; looks < LOOKS_AT_ONCE; looks += 1) {
      const after = passed;
      const log = store.next(after);
      if (log === null) return null;
      if (log.endedAt === null || log.endedAt > clock.now() - REST_MS) {
        resumeAt ??= after;
        passed = log.end;
        isMoreToCome ||= log.endedAt !== null;
        continue;
      }
      const chunks = together(log.chunks());
      passed = chunks.at(-1)?.position ?? log.end;
      if ((chunks[0]?.body.length ?? 0) <= TOO_LONG) return { chunks, after };
    }
    return { chunks: [], after: passed };
  };

  /** False at the end of a pass. */
  const step = async (): Promise<boolean> => {
    const taken = take();
    if (taken === null) return false;
    const { chunks, after } = taken;
    if (chunks.length === 0) return true;
    const body = await encodeEvents(chunks.flatMap((chunk) => JSON.parse(chunk.body) as StoredEvent[]));
    if (!isStopped) await commit.write(() => store.move(after, chunks, body));
    return true;
  };

  const work = () => {
    if (isStopped) return;
    step()
      .catch((error: unknown) => {
        // It is tried again when the next run has ended.
        report(error);
        resumeAt = 0;
        isMoreToCome = false;
        return false;
      })
      .then((isWithinPass) => {
        isScheduled = false;
        if (isWithinPass) return schedule(PAUSE_MS);
        if (isMoreToCome) schedule(REST_MS);
        passed = resumeAt ?? passed;
        resumeAt = null;
        isMoreToCome = false;
      })
      .catch(report);
  };

  const schedule = (ms: number) => {
    if (isScheduled || isStopped) return;
    isScheduled = true;
    clock.after(ms, work);
  };

  schedule(REST_MS);
  return {
    due: () => schedule(REST_MS),
    stop: () => void (isStopped = true),
  };
}

/** The first chunk, and those after it as far as they are short. */
function together(chunks: Iterable<Chunk>): Chunk[] {
  const taken: Chunk[] = [];
  let characters = 0;
  for (const chunk of chunks) {
    characters += chunk.body.length;
    if (taken.length > 0 && characters > TOGETHER) break;
    taken.push(chunk);
  }
  return taken;
}
