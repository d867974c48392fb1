import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import { contextText, withinBudget, type GivenMemory } from "./context-text.ts";
import type { memories } from "./contract.ts";
import type { MemoryContext, RunBeginning } from "./service.ts";
import { queryForAny, sharedWords, wordsOfPrompt } from "./relevance.ts";
import type { MemorySettings } from "./settings/contract.ts";
import type { MemoryStore } from "./store/memory-store.ts";

const MAX_PINNED = 200;
const MAX_LOOKED_AT = 30;

export function createMemoryContext(deps: {
  readonly store: MemoryStore;
  readonly settings: () => MemorySettings;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof memories>;
  readonly report: (error: unknown) => void;
}): MemoryContext {
  const { store, commit, clock, publish, report } = deps;

  const offered = async (prompt: string): Promise<GivenMemory[]> => {
    const { memories: pinned } = await store.list({ isPinned: true, limit: MAX_PINNED });
    const words = wordsOfPrompt(prompt);
    const query = queryForAny(words);
    const found = query === null ? [] : await store.matching(query, MAX_LOOKED_AT);
    const relevant = found.flatMap((memory): GivenMemory[] => {
      const shared = memory.pinned ? null : sharedWords(words, `${memory.tags.join(" ")} ${memory.content}`);
      return shared === null ? [] : [{ memory, why: { kind: "words", words: [...shared] } }];
    });
    return [...pinned.map((memory): GivenMemory => ({ memory, why: { kind: "pinned" } })), ...relevant];
  };

  const record = ({ runId, sessionId }: RunBeginning, given: readonly GivenMemory[]) => {
    const at = clock.now();
    commit.queue(
      () => {
        for (const { memory, why } of given) {
          store.recordUse({ memoryId: memory.id, revision: memory.revision, runId, sessionId, at, why });
        }
      },
      () => publish("memories.given", { runId, memoryIds: given.map(({ memory }) => memory.id) }),
      report,
    );
  };

  const tell = async (run: RunBeginning, maxTokens: number): Promise<string> => {
    try {
      const given = withinBudget(await offered(run.prompt), maxTokens);
      if (given.length === 0) return "";
      record(run, given);
      return contextText(given);
    } catch (error) {
      report(error);
      return "";
    }
  };

  return {
    contextFor(run) {
      const { enabled, contextTokens } = deps.settings();
      if (!enabled || contextTokens === 0 || store.count() === 0) return "";
      return tell(run, contextTokens);
    },
  };
}
