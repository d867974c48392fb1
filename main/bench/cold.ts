import { fork, type ChildProcess } from "node:child_process";
import { readdirSync } from "node:fs";
import { startServer, type CommandLine } from "./child.ts";
import type { Job, LoadName } from "./load.ts";
import { quantile } from "./measures.ts";

export interface ColdFigures {
  readonly ours: number;
  readonly floor: number;
  /** The daemon that GATEHOUSE_BENCH_OTHER names. */
  readonly other: number | null;
}

export interface Commands {
  readonly ours: CommandLine;
  readonly floor: CommandLine;
  readonly other: CommandLine | null;
}

const ROUNDS = 7;

/**
 * A load on servers that have just started, from a client process of its own. The servers take turns, so that a busy
 * moment of the machine meets them all; the figures are medians of the rounds.
 */
export async function coldFigures(
  loads: readonly LoadName[],
  commands: Commands,
  clientScript: string,
): Promise<ReadonlyMap<LoadName, ColdFigures>> {
  const client = fork(clientScript);
  const once = (load: LoadName, command: CommandLine) => measureFresh(client, load, command);
  // The client is not what is measured cold.
  for (const load of loads) await once(load, commands.floor);

  const figures = new Map<LoadName, ColdFigures>();
  for (const load of loads) {
    const values = { ours: [] as number[], floor: [] as number[], other: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      values.ours.push(await once(load, commands.ours));
      values.floor.push(await once(load, commands.floor));
      if (commands.other !== null) values.other.push(await once(load, commands.other));
    }
    const other = commands.other === null ? null : median(values.other);
    figures.set(load, { ours: median(values.ours), floor: median(values.floor), other });
  }
  client.disconnect();
  return figures;
}

async function measureFresh(client: ChildProcess, load: LoadName, command: CommandLine): Promise<number> {
  const server = await startServer(command);
  try {
    const { baseUrl, token } = server;
    const value = await answerTo(client, { load, target: { baseUrl, token } });
    if (load === "written" && readdirSync(server.work).length === 0) throw new Error("no file was written");
    return value;
  } finally {
    await server.stop();
  }
}

function answerTo(client: ChildProcess, job: Job): Promise<number> {
  return new Promise((resolve, reject) => {
    client.once("message", (answer: { value?: number; error?: string }) => {
      if (answer.value === undefined) reject(new Error(answer.error));
      else resolve(answer.value);
    });
    client.send(job);
  });
}

const median = (values: readonly number[]) =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
