import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRecallEngine, type RecallEngine } from "../areas/recall/engine.ts";
import { createRandom } from "../areas/recall/testing/random.ts";
import { meanQuality, rankingQuality } from "../areas/recall/testing/ranking-quality.ts";
import { quantile } from "./measures.ts";
import { makeHistory } from "./recall-history.ts";
import type { Row } from "./table.ts";

const MESSAGES = Number(process.env["GATEHOUSE_BENCH_MESSAGES"] ?? 1_000_000);
const QUESTIONS = 500;
const SLICE_MS = 12;

const ms = (value: number) => `${value.toFixed(2)} ms`;
const row = (
  what: string,
  value: number,
  bar: number | null,
  bound: Row["bound"],
  format: Row["format"],
): Row => ({
  what,
  value,
  floor: null,
  bar,
  bound,
  format,
});

interface Times {
  readonly wall: readonly number[];
  /** Of a question on average, with which others on the machine have less to do; one alone is shorter than its unit. */
  readonly processor: number;
}

/** Milliseconds of each question, as the thread that searches needs them; the way there and back is measured elsewhere. */
function timesOf(engine: RecallEngine, queries: readonly string[], asYouType: boolean): Times {
  const now = Date.now();
  const wall: number[] = [];
  const before = process.threadCpuUsage();
  for (const query of queries) {
    const began = performance.now();
    engine.answer({
      query,
      asYouType,
      limit: asYouType ? 5 : 20,
      memoriesOnly: false,
      now,
      snippetWords: 32,
    });
    wall.push(performance.now() - began);
  }
  const { user, system } = process.threadCpuUsage(before);
  return {
    wall: wall.toSorted((a, b) => a - b),
    processor: (user + system) / 1_000 / queries.length,
  };
}

/** A long history is indexed in one go, and asked for what is in it. */
export function recallRows(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-bench-recall-"));
  try {
    const historyFile = join(folder, "gatehouse.db");
    const indexFile = join(folder, "recall.db");
    const samples = makeHistory(historyFile, MESSAGES, QUESTIONS);
    const engine = createRecallEngine(indexFile, historyFile);
    const began = performance.now();
    const before = process.cpuUsage();
    while (engine.slice(SLICE_MS));
    const seconds = (performance.now() - began) / 1_000;
    const { user, system } = process.cpuUsage(before);
    const random = createRandom(2);
    const pairs = samples.map((words) => [random.of(words), random.of(words)] as const);
    const two = pairs.map((words) => words.join(" "));
    const typed = two
      .slice(0, QUESTIONS / 5)
      .flatMap((query) => Array.from(query, (_, at) => query.slice(0, at + 1)));
    timesOf(engine, two, false);
    const times = timesOf(engine, two, false);
    const typing = timesOf(engine, typed, true);
    engine.close();
    const many = `recall, ${MESSAGES.toLocaleString("en")} messages`;
    const perSecond = (value: number) => `${Math.round(value).toLocaleString("en")} messages/s`;
    return [
      row(`${many}: two words, p50`, quantile(times.wall, 0.5), 2, "most", ms),
      row("the same, p99", quantile(times.wall, 0.99), 20, "most", ms),
      row("two words by processor time, mean", times.processor, null, "most", ms),
      row("as you type, p50", quantile(typing.wall, 0.5), null, "most", ms),
      row("the same, p99", quantile(typing.wall, 0.99), 50, "most", ms),
      row("as you type by processor time, mean", typing.processor, null, "most", ms),
      row("indexed in bulk", MESSAGES / seconds, 40_000, "least", perSecond),
      row("the same, by processor time", (MESSAGES / (user + system)) * 1e6, null, "least", perSecond),
      row(
        "size of the index",
        statSync(indexFile).size / 1e6,
        null,
        "most",
        (value) => `${Math.round(value)} MB`,
      ),
      row("ranking of the labelled set, nDCG@10", meanQuality(rankingQuality()), 0.92, "least", (value) =>
        value.toFixed(3),
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
