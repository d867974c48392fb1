import { useCallback, useEffect, useRef, useState } from "react";

/** Longer than anybody presses by mistake, short enough to do it often. */
export const holdMs = 800;

export interface Hold {
  /** From 0 to 1 while something is held, else null. */
  readonly progress: number | null;
  start(): void;
  stop(): void;
}

const ends = ["pointerup", "pointercancel", "keyup", "dragstart"] as const;

/** Something that has to be held down, by pointer or key. Let go too early, nothing happens. */
export function useHold(onHeld: () => void): Hold {
  const [progress, setProgress] = useState<number | null>(null);
  const latest = useRef(onHeld);
  latest.current = onHeld;
  const running = useRef<() => void>(() => {});

  const stop = useCallback(() => running.current(), []);
  const start = useCallback(() => {
    running.current();
    const since = performance.now();
    let frame = 0;
    const end = () => {
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
      end();
      latest.current();
    };
    for (const type of ends) window.addEventListener(type, end, true);
    // Of the window itself: within it, pressing a button takes the focus from something else.
    window.addEventListener("blur", end);
    document.addEventListener("visibilitychange", end);
    running.current = end;
    step();
  }, []);
  useEffect(() => stop, [stop]);
  return { progress, start, stop };
}
