import type { Area, Client, Page } from "../../main/contract/define.ts";
import { bridge } from "./bridge.ts";
import { CallError } from "./errors.ts";

/** An answer together with the last event it already contains. */
export interface Snapshot<T> {
  readonly value: T;
  readonly seq: number;
}

/** The same calls, each answering with the place in the stream of events it was made at. */
export type Snapshots<C> = {
  readonly [K in keyof C]: C[K] extends (...input: infer I) => Promise<infer T>
    ? (...input: I) => Promise<Snapshot<T>>
    : never;
};

async function call(area: string, endpoint: string, input: unknown): Promise<Snapshot<unknown>> {
  const result = await bridge().call(area, endpoint, input);
  if (!result.ok) throw new CallError(result.error);
  return { value: result.value, seq: result.seq };
}

/** The main process knows which calls exist and checks them; here only their types are needed. */
function endpoints(make: (endpoint: string, input: unknown) => Promise<unknown>): unknown {
  return new Proxy(
    {},
    {
      get: (_, endpoint) =>
        typeof endpoint === "string" ? (input: unknown = {}) => make(endpoint, input) : undefined,
    },
  );
}

/**
 * The calls of an area that these pages may make, each of them: `client<typeof runs, Page>("runs")` for what runs in
 * both. A page's own name instead of `Page` gives all it may call, for modules that only that page has.
 */
export const client = <A extends Area, P extends Page>(area: A["name"]) =>
  endpoints(async (endpoint, input) => (await call(area, endpoint, input)).value) as Client<A, P>;

/** The same calls for what follows events: each answer says which of them it contains. */
export const snapshots = <A extends Area, P extends Page>(area: A["name"]) =>
  endpoints((endpoint, input) => call(area, endpoint, input)) as Snapshots<Client<A, P>>;
