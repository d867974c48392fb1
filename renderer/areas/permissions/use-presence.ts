import { useEffect, useRef, type MouseEvent, type RefObject } from "react";
import { isMeant, type Presence } from "./guard.ts";

const wholeRatio = 0.98;

/**
 * Watches a card: every element marked `data-guarded` in it must be in sight. `subject` names what it shows;
 * another subject starts afresh. The result tells whether an act now was meant for this card.
 */
export function usePresence(card: RefObject<HTMLElement | null>, subject: string, isReady: boolean) {
  const presence = useRef<Presence>({ wholeSince: null, focusedSince: null, stillSince: null });

  useEffect(() => {
    const now = () => performance.now();
    const set = (change: Partial<Presence>) => {
      presence.current = { ...presence.current, ...change };
    };
    const focus = () => set({ focusedSince: document.hasFocus() ? now() : null });
    focus();
    window.addEventListener("focus", focus);
    window.addEventListener("blur", focus);
    return () => {
      window.removeEventListener("focus", focus);
      window.removeEventListener("blur", focus);
    };
  }, []);

  useEffect(() => {
    const element = card.current;
    const set = (change: Partial<Presence>) => {
      presence.current = { ...presence.current, ...change };
    };
    set({ wholeSince: null, stillSince: null });
    if (element === null || !isReady) return;

    const inSight = new Map<Element, boolean>();
    const judge = () => {
      const isWhole =
        document.visibilityState === "visible" && inSight.size > 0 && [...inSight.values()].every(Boolean);
      if (!isWhole) set({ wholeSince: null });
      else if (presence.current.wholeSince === null) set({ wholeSince: performance.now() });
    };
    const sight = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) inSight.set(entry.target, entry.intersectionRatio >= wholeRatio);
        judge();
      },
      { threshold: [0, 0.5, wholeRatio, 1] },
    );
    for (const part of element.querySelectorAll("[data-guarded]")) {
      inSight.set(part, false);
      sight.observe(part);
    }
    const size = new ResizeObserver(() => set({ stillSince: performance.now() }));
    size.observe(element);
    document.addEventListener("visibilitychange", judge);
    return () => {
      sight.disconnect();
      size.disconnect();
      document.removeEventListener("visibilitychange", judge);
    };
  }, [card, subject, isReady]);

  return (act: "key" | "click") => isMeant(act, presence.current, performance.now());
}

/** Spread on what holds the buttons: presses that come too early go no further. One made by key counts as a key. */
export const onlyMeant = (isMeant: (act: "key" | "click") => boolean) => ({
  onClickCapture(event: MouseEvent) {
    if (isMeant(event.detail === 0 ? "key" : "click")) return;
    event.preventDefault();
    event.stopPropagation();
  },
});
