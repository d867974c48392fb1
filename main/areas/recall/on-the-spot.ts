import { invalidRequest } from "../../contract/errors.ts";
import type { SqliteDatabase } from "../../kernel/sqlite.ts";
import { createRecallEngine } from "./engine.ts";
import { NoSuchPage } from "./search.ts";
import type { RecallThread } from "./thread.ts";

/** For a database in memory, which no other thread can read. */
export function recallOnTheSpot(db: SqliteDatabase): RecallThread {
  let engine: ReturnType<typeof createRecallEngine> | null = null;
  const started = () => (engine ??= createRecallEngine(":memory:", db));
  return {
    async ask(asked) {
      try {
        return await Promise.resolve(started().answer(asked));
      } catch (error) {
        if (error instanceof NoSuchPage) throw invalidRequest(error.message);
        throw error;
      }
    },
    follow: () => {},
    trouble: () => null,
    state: () => engine?.progress() ?? null,
    close() {
      engine?.close();
      return Promise.resolve();
    },
  };
}
