import type { PageEvent } from "../../preload/contract.ts";

export type AnyReducers<Data> = Readonly<Record<string, "ignore" | ((state: Data, payload: never) => Data)>>;

export interface Position<Data> {
  readonly state: Data;
  readonly seq: number;
}

/** Applies what the snapshot does not contain yet. An event that is not of this area only moves the place. */
export function applyEvents<Data>(
  area: string,
  reducers: AnyReducers<Data>,
  from: Position<Data>,
  events: readonly PageEvent[],
): Position<Data> {
  let { state, seq } = from;
  for (const event of events) {
    if (event.seq <= seq) continue;
    seq = event.seq;
    const dot = event.type.indexOf(".");
    if (event.type.slice(0, dot) !== area) continue;
    const reduce = reducers[event.type.slice(dot + 1)];
    if (typeof reduce === "function") state = reduce(state, event.payload as never);
  }
  return { state, seq };
}
