import { spawn } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startDaemon } from "./child.ts";
import { createBenchClient } from "./client.ts";
import { desktopRows } from "./desktop.ts";
import * as measure from "./measures.ts";
import { printTable, type Row } from "./table.ts";

const ROUNDS = 3;

async function median(rounds: number, once: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let i = 0; i < rounds; i += 1) values.push(await once());
  return measure.quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

/** The same load on the bare server and on the daemon, so that machines can be compared by ratio. */
async function main(): Promise<void> {
  const floor = await startFloor(join(__dirname, "bench-floor.cjs"));
  const floorClient = createBenchClient({ baseUrl: floor.baseUrl, token: "" });
  const floorTimes = await measure.sequentialRuns(floorClient, 1000, () => "50");
  const floorRate = await median(ROUNDS, () => measure.parallelRuns(floorClient, 32, 3000, () => "50"));
  const floorOne = await median(ROUNDS, () => measure.subscribers(floorClient, 1, 2000, "2000"));
  const floorFifty = await median(ROUNDS, () => measure.subscribers(floorClient, 50, 2000, "2000"));
  floorClient.close();
  floor.stop();

  const daemon = await startDaemon(join(__dirname, "headless.cjs"));
  const client = createBenchClient(daemon);
  await measure.sequentialRuns(client, 200, (i) => `warm-${i}`);
  const times = await measure.sequentialRuns(client, 1000, (i) => `sequential-${i}`);
  let round = 0;
  const rate = await median(ROUNDS, () => {
    round += 1;
    return measure.parallelRuns(client, 32, 3000, (i) => `parallel-${round}-${i}`);
  });
  const gate = await measure.permissions(client, 500, measure.idleCall);
  const write = await measure.permissions(client, 200, measure.writeCall);
  const one = await median(ROUNDS + 2, () => measure.subscribers(client, 1, 2000, "one"));
  const fifty = await median(ROUNDS + 2, () => measure.subscribers(client, 50, 2000, "fifty"));
  const resident = daemon.residentMegabytes();
  const startedInMs = daemon.startedInMs;
  client.close();
  await daemon.stop();

  const ms = (value: number) => `${value.toFixed(2)} ms`;
  const perSecond = (unit: string) => (value: number) =>
    `${Math.round(value).toLocaleString("en")} ${unit}/s`;
  const p50 = (sorted: readonly number[]) => measure.quantile(sorted, 0.5);
  const rows: Row[] = [
    row("text run of 50 words, sequential, p50", p50(times), p50(floorTimes), 1.1, "most", ms),
    row("the same, 32 clients at once", rate, floorRate, 1200, "least", perSecond("runs")),
    row("permission: asked, decided, run done, p50", p50(gate.askedToDone), null, 1.1, "most", ms),
    row("the same, from the start of the run", p50(gate.startToDone), null, null, "most", ms),
    row("the same, with a file written and synced", p50(write.askedToDone), null, null, "most", ms),
    row("one subscriber, 2,000-word reply", one, floorOne, 100_000, "least", perSecond("events")),
    row("50 subscribers on one run", fifty, floorFifty, 300_000, "least", perSecond("events")),
    row(
      "resident memory after all of the above",
      resident,
      null,
      150,
      "most",
      (mb) => `${Math.round(mb)} MB`,
    ),
    row("headless start, health answers", startedInMs, null, 300, "most", ms),
    ...(await desktopRows()),
  ];
  process.stdout.write(`${cpus().length} x ${cpus()[0]?.model ?? "?"}, Node ${process.versions.node}\n`);
  printTable(rows);
}

function row(
  what: string,
  value: number,
  floor: number | null,
  bar: number | null,
  bound: Row["bound"],
  format: Row["format"],
): Row {
  return { what, value, floor, bar, bound, format };
}

async function startFloor(script: string): Promise<{ baseUrl: string; stop: () => void }> {
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const baseUrl = await new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).once("line", (line) => resolve(line.slice("base_url: ".length)));
  });
  return { baseUrl, stop: () => void child.kill() };
}

void main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
