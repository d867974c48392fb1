import type { Area, Page, PageStreams } from "../../main/contract/define.ts";
import { bridge } from "./bridge.ts";
import { listen } from "./subscribe.ts";

type Follow = (input: unknown, listener: (frame: never) => void) => () => void;

let lastKey = 0;

/**
 * The streams of an area that these pages may follow, each of them: `streams<typeof runs, "window">("runs")`. Frames
 * come among the events, in order; the result stops it. The main process tells what the contract says.
 */
export function streams<A extends Area, P extends Page>(area: A["name"]): PageStreams<A, P> {
  const follow =
    (stream: string): Follow =>
    (input, listener) => {
      const key = (lastKey += 1);
      const stop = listen((events) => {
        for (const { following, payload } of events) if (following === key) listener(payload as never);
      });
      bridge().follow(key, area, stream, input);
      return () => {
        stop();
        bridge().leave(key);
      };
    };
  const named = {
    get: (_: object, name: string | symbol) => (typeof name === "string" ? follow(name) : undefined),
  };
  return new Proxy({}, named) as PageStreams<A, P>;
}
