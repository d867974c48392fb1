import type { RecallHit } from "../../../main/areas/recall/contract.ts";
import type { Run } from "../../../main/areas/runs/contract.ts";
import type { Session } from "../../../main/areas/sessions/contract.ts";
import { calls as runCalls } from "../runs/calls.ts";
import { calls as sessionCalls } from "../sessions/calls.ts";
import { calls } from "./calls.ts";
import { useLatest, type Latest } from "./use-latest.ts";

export interface PaletteFinds {
  readonly messages: readonly RecallHit[];
  readonly memories: readonly RecallHit[];
  readonly runs: readonly Run[];
  readonly sessions: readonly Session[];
}

const OF_EACH = 5;
/** Of names only so much is looked at. */
const MAX_SEARCH = 200;

/** All of it comes at once, so that no row moves after another kind has come. */
async function find(query: string): Promise<PaletteFinds> {
  const search = query.slice(0, MAX_SEARCH);
  const [said, kept, { runs }, { sessions }] = await Promise.all([
    calls.search({ query, asYouType: true, limit: OF_EACH }),
    calls.search({ query, asYouType: true, limit: OF_EACH, memoriesOnly: true }),
    runCalls.listRuns({ search, limit: OF_EACH }),
    sessionCalls.listSessions({ search, limit: OF_EACH }),
  ]);
  return {
    messages: said.hits.filter(({ kind }) => kind === "message"),
    memories: kept.hits,
    runs,
    sessions,
  };
}

/** A few of everything that has to do with what is typed. */
export function usePaletteFinds(typed: string): Latest<PaletteFinds> {
  const query = typed.trim();
  return useLatest(query.length < 2 ? null : typed, find);
}
