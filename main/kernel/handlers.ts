import type { Area, Reducers } from "../contract/define.ts";

/** One handler per event of an area, or the word "ignore": forgetting one does not compile. */
export type Handlers<A extends Area> = Reducers<A, void>;

export interface Announced {
  readonly type: string;
  readonly payload: unknown;
}

/**
 * What to do about an announcement, by area: `handlerOf(runs, {…})`. Events of other areas are passed over.
 *
 * An area publishes what its contract says, so the payloads have its types.
 */
export function handlerOf<A extends Area>(area: A, handlers: Handlers<A>): (event: Announced) => void {
  const byType = new Map<string, (state: void, payload: never) => void>();
  for (const [name, handler] of Object.entries(handlers as Readonly<Record<string, unknown>>)) {
    if (typeof handler === "function") byType.set(`${area.name}.${name}`, handler as never);
  }
  return ({ type, payload }) => byType.get(type)?.(undefined, payload as never);
}
