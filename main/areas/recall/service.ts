import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import type { RecallAnswer, RecallProgress, RecallQuestion } from "./contract.ts";
import type { RecallThread } from "./thread.ts";

export interface RecallService {
  /** What was written before is found, and what was deleted before is not. */
  search(question: RecallQuestion, options?: { readonly snippetWords?: number }): Promise<RecallAnswer>;
  progress(): RecallProgress;
  /** Something was written or deleted. */
  noticeWrites(): void;
  stop(): Promise<void>;
}

const SNIPPET_WORDS = 32;
/** So long nothing was written: the machine has time. It is not put off for longer than the second. */
const QUIET_MS = 10_000;
const LATEST_MS = 120_000;

export function createRecallService(deps: {
  readonly thread: RecallThread;
  readonly commit: Pick<GroupCommit, "flush">;
  readonly clock: Clock;
}): RecallService {
  const { thread, commit, clock } = deps;
  let cancel = () => {};
  let firstNoticedAt: number | null = null;

  const follow = () => {
    firstNoticedAt = null;
    thread.follow();
  };

  return {
    async search(question, { snippetWords = SNIPPET_WORDS } = {}) {
      commit.flush();
      const answer = await thread.ask({ ...question, now: clock.now(), snippetWords });
      if (answer.missing > 0) thread.follow();
      return { ...answer, hits: [...answer.hits] };
    },
    progress() {
      const state = thread.state();
      return {
        indexed: state?.indexed ?? null,
        missing: state?.missing ?? 0,
        trouble: thread.trouble(),
      };
    },
    noticeWrites() {
      const now = clock.now();
      firstNoticedAt ??= now;
      cancel();
      cancel = clock.after(Math.max(0, Math.min(QUIET_MS, firstNoticedAt + LATEST_MS - now)), follow);
    },
    stop() {
      cancel();
      return thread.close();
    },
  };
}
