import { Worker } from "node:worker_threads";

/**
 * Puts the others in the place of `path` and back, one after the other and over and over, in a thread of its own. The
 * result ends it, with everything where it was.
 */
export function startSwapping(path: string, others: readonly string[]): () => Promise<void> {
  const ended = new Int32Array(new SharedArrayBuffer(4));
  const swapper = new Worker(SWAPPER, { eval: true, workerData: { path, others, ended } });
  return () =>
    new Promise((resolve) => {
      swapper.once("exit", () => resolve());
      Atomics.store(ended, 0, 1);
    });
}

const SWAPPER = `
  const { renameSync } = require("node:fs");
  const { workerData } = require("node:worker_threads");
  const { path, others, ended } = workerData;
  // Now in one breath, now with time for a start in between.
  const pause = () => Atomics.wait(ended, 0, 0, Math.random() < 0.5 ? 0 : Math.random() * 60);
  while (Atomics.load(ended, 0) === 0) {
    for (const other of others) {
      renameSync(path, path + ".kept");
      renameSync(other, path);
      pause();
      renameSync(path, other);
      renameSync(path + ".kept", path);
      pause();
    }
  }
`;
