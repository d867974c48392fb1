import { useEffect, useRef, type MouseEvent, type PointerEvent, type RefObject } from "react";
import { keyPressedAt, pressedAt } from "../../page/press-time.ts";
import { isMeant, type Act, type Point, type Presence } from "./guard.ts";
import { lastAct, noteAct } from "./last-act.ts";
import { createStanding } from "./standing.ts";

const wholeRatio = 0.98;
/** Nothing tells that a button has moved, so it is looked at. */
const lookEveryMs = 50;

/** What stands between a press and what it does. */
export interface Guard {
  /** Spread on what holds the buttons: presses that were not meant go no further. */
  readonly props: {
    onPointerDownCapture(event: PointerEvent): void;
    onClickCapture(event: MouseEvent): void;
    readonly "data-answers": true;
  };
  /** Whether a key pressed now is meant for this. It is taken as an act. */
  takesKey(): boolean;
  /** The same for a key that has to be held. */
  beginsHold(): boolean;
  /** Whether what was held to its end still counts: nothing has moved or gone out of sight meanwhile. */
  endsHold(): boolean;
}

interface Pressed {
  /** Null: a key. */
  readonly button: Element | null;
  readonly place: string;
  readonly point: Point | null;
}

const nowhere: Presence = { wholeSince: null, focusedSince: null, refusedAt: null };
const byKey: Pressed = { button: null, place: "", point: null };

/** Where a button is on the screen, and what it says. */
function placeOf(button: Element): string {
  const { x, y, width, height } = button.getBoundingClientRect();
  const box = [x + window.screenX, y + window.screenY, width, height].map(Math.round);
  return `${box.join(" ")} ${button.textContent}`;
}

const pointOf = ({ screenX: x, screenY: y }: MouseEvent): Point => ({ x, y });
const buttonOf = ({ target }: MouseEvent) => (target instanceof Element ? target.closest("button") : null);
/** Nobody holds a button by clicking twice, so holding may begin at once. */
const isHeld = (button: HTMLElement) => button.dataset["hold"] !== undefined;

/**
 * Watches a card: every element marked `data-guarded` in it must be in sight, and a button counts only after it has
 * stood still. `subject` names what it shows; another subject starts afresh.
 */
export function useGuard(card: RefObject<HTMLElement | null>, subject: string, isReady: boolean): Guard {
  const presence = useRef<Presence>(nowhere);
  const standing = useRef(createStanding<Element>());
  const pressed = useRef<Pressed | null>(null);

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
    const stands = standing.current;
    const set = (change: Partial<Presence>) => {
      presence.current = { ...presence.current, ...change };
    };
    set({ wholeSince: null, refusedAt: null });
    stands.forget();
    pressed.current = null;
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
    const look = () => {
      const buttons = [...element.querySelectorAll("[data-answers] button")];
      stands.look(
        buttons.map((button) => [button, placeOf(button)]),
        performance.now(),
      );
    };
    const startAfresh = () => stands.forget();
    look();
    const looking = setInterval(look, lookEveryMs);
    window.addEventListener("resize", startAfresh);
    document.addEventListener("visibilitychange", judge);
    return () => {
      sight.disconnect();
      clearInterval(looking);
      window.removeEventListener("resize", startAfresh);
      document.removeEventListener("visibilitychange", judge);
    };
  }, [card, subject, isReady]);

  /** What was on screen when it was pressed counts, not what is there when it is heard. */
  const isMeantAt = (at: number, act: Act, last = lastAct()) => {
    const isTaken = isMeant(act, presence.current, last, at);
    if (!isTaken) presence.current = { ...presence.current, refusedAt: performance.now() };
    return isTaken;
  };
  const isStillMeant = () => {
    const begun = pressed.current;
    if (begun === null || presence.current.wholeSince === null) return false;
    if (begun.button === null) return presence.current.focusedSince !== null;
    return (
      placeOf(begun.button) === begun.place && standing.current.since(begun.button, begun.place) !== null
    );
  };
  const takesKeyOf = (at: number) => {
    const isTaken = isMeantAt(at, { by: "key" });
    if (isTaken) noteAct(null);
    return isTaken;
  };
  const refuse = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    takesKey: () => takesKeyOf(keyPressedAt()),
    beginsHold() {
      const begins = isMeantAt(keyPressedAt(), { by: "key" }, null);
      pressed.current = begins ? byKey : null;
      return begins;
    },
    endsHold() {
      const counts = isStillMeant();
      if (counts) noteAct(pressed.current?.point ?? null);
      pressed.current = null;
      return counts;
    },
    props: {
      "data-answers": true,
      onPointerDownCapture(event) {
        const button = buttonOf(event);
        pressed.current = null;
        if (button === null) return;
        const place = placeOf(button);
        const point = pointOf(event);
        const act: Act = { by: "click", point, stoodSince: standing.current.since(button, place) };
        if (!isMeantAt(pressedAt(event), act, isHeld(button) ? null : lastAct())) return refuse(event);
        pressed.current = { button, place, point };
      },
      onClickCapture(event) {
        const button = buttonOf(event);
        if (button === null) return;
        // Worked by a key, or by a program that reads the screen aloud.
        if (event.detail === 0) {
          if (!takesKeyOf(pressedAt(event))) refuse(event);
          return;
        }
        if (isHeld(button)) return;
        if (pressed.current?.button !== button || !isStillMeant()) return refuse(event);
        noteAct(pressed.current.point);
      },
    },
  };
}
