import { bridge } from "../../client/bridge.ts";

const watched = new Map<symbol, { readonly id: string; readonly fromSeq: number }>();

function publish(): void {
  const runs = new Map<string, number>();
  for (const { id, fromSeq } of watched.values()) {
    runs.set(id, Math.min(fromSeq, runs.get(id) ?? fromSeq));
  }
  bridge().watchRuns([...runs].map(([id, fromSeq]) => ({ id, fromSeq })));
}

/** Asks for a run's progress from after `fromSeq`, beside whatever else the page watches. The result stops it. */
export function watchRun(id: string, fromSeq: number): () => void {
  const key = Symbol(id);
  watched.set(key, { id, fromSeq });
  publish();
  return () => {
    if (watched.delete(key)) publish();
  };
}
