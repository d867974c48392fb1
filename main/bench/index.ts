import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { daemonCommand, startServer } from "./child.ts";
import { createBenchClient } from "./client.ts";
import { coldFigures, type Commands } from "./cold.ts";
import { desktopRows } from "./desktop.ts";
import type { LoadName } from "./load.ts";
import * as measure from "./measures.ts";
import { recallRows } from "./recall.ts";
import { printTable, type Row } from "./table.ts";

const ROUNDS = 3;

const commands: Commands = {
  ours: daemonCommand(join(__dirname, "headless.cjs")),
  floor: [process.execPath, join(__dirname, "bench-floor.cjs"), "{work}"],
  other: process.env["GATEHOUSE_BENCH_OTHER"]?.split(" ").filter((word) => word !== "") ?? null,
};

async function median(rounds: number, once: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let i = 0; i < rounds; i += 1) values.push(await once());
  return measure.quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

const ms = (value: number) => `${value.toFixed(2)} ms`;
const megabytes = (value: number) => `${Math.round(value)} MB`;
const perSecond = (unit: string) => (value: number) => `${Math.round(value).toLocaleString("en")} ${unit}/s`;
const p50 = (sorted: readonly number[]) => measure.quantile(sorted, 0.5);

/** A daemon that has just started, as seen by a client in another process. */
async function coldRows(): Promise<Row[]> {
  const loads: readonly LoadName[] = ["sequential", "parallel", "written"];
  const figures = await coldFigures(loads, commands, join(__dirname, "bench-load.cjs"));
  const cold = (load: LoadName, what: string, bound: Row["bound"], format: Row["format"]): Row => {
    const found = figures.get(load);
    const { floor = null, other = null } = found ?? {};
    return { what, value: found?.ours ?? Number.NaN, floor, other, bar: null, bound, format };
  };
  return [
    cold("sequential", "cold: text run of 50 words, sequential, p50", "most", ms),
    cold("parallel", "cold: the same, 32 clients at once", "least", perSecond("runs")),
    cold("written", "cold: permission with a file written, start to end, p50", "most", ms),
  ];
}

/** The same load on the bare server and on the daemon, so that machines can be compared by ratio. */
async function warmRows(): Promise<Row[]> {
  const floor = await startServer(commands.floor);
  const floorClient = createBenchClient(floor);
  const floorTimes = await measure.sequentialRuns(floorClient, 1000, () => "50");
  const floorRate = await median(ROUNDS, () => measure.parallelRuns(floorClient, 32, 3000, () => "50"));
  const floorOne = await median(ROUNDS, () => measure.subscribers(floorClient, 1, 2000, "2000"));
  const floorFifty = await median(ROUNDS, () => measure.subscribers(floorClient, 50, 2000, "2000"));
  floorClient.close();
  await floor.stop();

  const daemon = await startServer(commands.ours);
  const client = createBenchClient(daemon);
  await measure.sequentialRuns(client, 200, (i) => `warm-${i}`);
  const times = await measure.sequentialRuns(client, 1000, (i) => `sequential-${i}`);
  let round = 0;
  const rate = await median(ROUNDS, () => {
    round += 1;
    return measure.parallelRuns(client, 32, 3000, (i) => `parallel-${round}-${i}`);
  });
  writeFileSync(join(daemon.work, measure.SECRET_FILE), "TOKEN=bench\n");
  const gate = await measure.permissions(client, 500, measure.idleCall);
  const write = await measure.permissions(client, 200, measure.writeCall);
  const one = await median(ROUNDS + 2, () => measure.subscribers(client, 1, 2000, "one"));
  const fifty = await median(ROUNDS + 2, () => measure.subscribers(client, 50, 2000, "fifty"));
  const resident = daemon.residentMegabytes();
  client.close();
  await daemon.stop();

  return [
    row("text run of 50 words, sequential, p50", p50(times), p50(floorTimes), 1.1, "most", ms),
    row("the same, 32 clients at once", rate, floorRate, 1200, "least", perSecond("runs")),
    row("permission: asked, decided, run done, p50", p50(gate.askedToDone), null, 1.1, "most", ms),
    row("the same, from the start of the run", p50(gate.startToDone), null, null, "most", ms),
    row("the same, with a file written and synced", p50(write.askedToDone), null, null, "most", ms),
    row("one subscriber, 2,000-word reply", one, floorOne, 100_000, "least", perSecond("events")),
    row("50 subscribers on one run", fifty, floorFifty, 300_000, "least", perSecond("events")),
    row("resident memory after all of the above", resident, null, 150, "most", megabytes),
    row("headless start, health answers", daemon.startedInMs, null, 300, "most", ms),
  ];
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

async function main(): Promise<void> {
  const rows = [...(await coldRows()), ...(await warmRows()), ...(await desktopRows()), ...recallRows()];
  process.stdout.write(`${cpus().length} x ${cpus()[0]?.model ?? "?"}, Node ${process.versions.node}\n`);
  printTable(rows);
}

void main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
