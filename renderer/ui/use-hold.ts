import { useCallback, useEffect, useRef, useState } from "react";
import { useSurroundings } from "./surroundings.ts";

/** Longer than anybody presses by mistake, short enough to do it often. */
export const holdMs = 800;

export interface Hold {
  /** From 0 to 1 while something is held, else null. */
  readonly progress: number | null;
  start(): void;
  stop(): void;
}

/** Who passes presses on has answered so soon that nothing is waiting with it. */
const promptMs = 100;
/** What it passed on before its answer is heard by then. */
const onTheWayMs = 60;

const ends = ["pointerup", "pointercancel", "keyup", "dragstart"] as const;

/** Something that has to be held down, by pointer or key. Let go too early, nothing happens. */
export function useHold(onHeld: () => void): Hold {
  const [progress, setProgress] = useState<number | null>(null);
  const latest = useRef(onHeld);
  latest.current = onHeld;
  const running = useRef<() => void>(() => {});
  const { hearPresses } = useSurroundings();

  const stop = useCallback(() => running.current(), []);
  const start = useCallback(() => {
    running.current();
    const since = performance.now();
    let frame = 0;
    let isOver = false;
    const end = () => {
      isOver = true;
      cancelAnimationFrame(frame);
      for (const type of ends) window.removeEventListener(type, end, true);
      window.removeEventListener("blur", end);
      document.removeEventListener("visibilitychange", end);
      running.current = () => {};
      setProgress(null);
    };
    // Frames stop while nothing is on screen, and whoever lets go is heard before the next one.
    const step = () => {
      const share = (performance.now() - since) / holdMs;
      if (share < 1) {
        setProgress(share);
        frame = requestAnimationFrame(step);
        return;
      }
      setProgress(1);
      void listen().catch(end);
    };
    // That it was let go is passed on by another process, which may be busy: it counts once that has had its say.
    const listen = async () => {
      for (let tookMs = Number.POSITIVE_INFINITY; tookMs > promptMs && !isOver;) {
        const asked = performance.now();
        await hearPresses();
        tookMs = performance.now() - asked;
        await new Promise((resolve) => setTimeout(resolve, onTheWayMs));
      }
      if (isOver) return;
      end();
      latest.current();
    };
    for (const type of ends) window.addEventListener(type, end, true);
    // Of the window itself: within it, pressing a button takes the focus from something else.
    window.addEventListener("blur", end);
    document.addEventListener("visibilitychange", end);
    running.current = end;
    step();
  }, [hearPresses]);
  useEffect(() => stop, [stop]);
  return { progress, start, stop };
}
