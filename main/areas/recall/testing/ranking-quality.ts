import { createRecallEngine } from "../engine.ts";
import { ndcg } from "../ranking.ts";
import { asking, createHistory } from "./history.ts";
import { labelledMessages, labelledQuestions } from "./labelled.ts";

export interface QuestionQuality {
  readonly query: string;
  readonly quality: number;
  /** What was found, the best first. */
  readonly found: readonly string[];
}

const NOW = 1_800_000_000_000;
const DAY_MS = 24 * 3_600_000;

/** How good the order of the first ten answers is, for each question of the labelled set. */
export function rankingQuality(): QuestionQuality[] {
  const history = createHistory();
  const ids: string[] = [];
  const oldestFirst = labelledMessages.toSorted((a, b) => b.daysAgo - a.daysAgo);
  for (const { id, text, role, daysAgo } of oldestFirst) {
    history.say(text, { role, at: NOW - daysAgo * DAY_MS });
    ids.push(id);
  }
  const engine = createRecallEngine(":memory:", history.db);
  return labelledQuestions.map(({ query, grades, asYouType = false }) => {
    const { hits } = engine.answer(asking(query, { asYouType, now: NOW, limit: 10 }));
    const found = hits.map(({ index }) => ids[index ?? -1] ?? "");
    const quality = ndcg(
      found.map((id) => grades[id] ?? 0),
      Object.values(grades),
    );
    return { query, quality, found };
  });
}

export const meanQuality = (all: readonly QuestionQuality[]): number =>
  all.reduce((sum, { quality }) => sum + quality, 0) / all.length;
