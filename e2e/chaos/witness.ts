import type { Frame } from "../fixtures/event-stream.ts";
import type { NativeDecision } from "../fixtures/native.ts";

/** The row of the ledger, as far as an answer told of it. */
export type KnownDecision = Pick<NativeDecision, "outcome"> &
  Partial<Pick<NativeDecision, "scope" | "reason" | "decidedBy">>;

/** What clients were told by the daemon, and so can compare with what it says after it was killed. */
export interface Witness {
  /** Runs whose start was answered with 201. */
  readonly runs: Set<string>;
  /** By request: how it was settled, as whoever answered it was told. */
  readonly decisions: Map<string, KnownDecision>;
  /** By run: the frames that came, as they came. */
  readonly frames: Map<string, readonly Frame[]>;
}

export const createWitness = (): Witness => ({ runs: new Set(), decisions: new Map(), frames: new Map() });

export function addTo(all: Witness, part: Witness): void {
  for (const run of part.runs) all.runs.add(run);
  for (const [id, decision] of part.decisions) all.decisions.set(id, decision);
  for (const [run, frames] of part.frames) all.frames.set(run, frames);
}

/** What the replay, as its text, says otherwise than the frames that came; null if nothing. */
export function contradiction(known: readonly Frame[], replay: string): string | null {
  const blocks = replay.split("\n\n");
  if (blocks.pop() !== "") return "the replay stops within a frame";
  for (const [at, { id, event, data }] of known.entries()) {
    const block = `id: ${id}\nevent: ${event}\ndata: ${data}`;
    if (blocks[at] !== block)
      return `frame ${at + 1} of ${known.length} was\n${block}\nand is now\n${blocks[at]}`;
  }
  for (const [at, block] of blocks.entries()) {
    if (!block.includes(`"seq":${at + 1},`)) return `frame ${at + 1} is not counted so:\n${block}`;
  }
  return /\nevent: run_(?:done|error)\n/.test(blocks.at(-1) ?? "")
    ? null
    : `the replay ends with\n${blocks.at(-1)}`;
}
