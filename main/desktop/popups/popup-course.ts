import type { WaitingItem } from "../../areas/waiting/contract.ts";
import type { Clock } from "../../kernel/clock.ts";
import { HIDDEN, nextPopup, type PopupInput, type PopupState } from "./popup-state.ts";

export interface PopupCourse {
  put(input: PopupInput): void;
  state(): PopupState;
  stop(): void;
}

/** One state, one timer. Its times are of the steady count, so that a clock that is set holds no card up. */
export function createPopupCourse(deps: {
  readonly clock: Pick<Clock, "steady" | "after">;
  /** What waits, the longest wait first. */
  readonly waiting: () => readonly WaitingItem[];
  readonly onChange: (before: PopupState, now: PopupState) => void;
}): PopupCourse {
  const { clock, waiting, onChange } = deps;
  let state: PopupState = HIDDEN;
  let cancelTimer = () => {};

  const put = (input: PopupInput) => {
    const before = state;
    const now = clock.steady();
    state = nextPopup(before, input, waiting(), now);
    // A timer may end a moment before its time, and then another one has to follow it.
    if (state.until !== before.until || input.type === "time") {
      cancelTimer();
      cancelTimer =
        state.until === null ? () => {} : clock.after(state.until - now, () => put({ type: "time" }));
    }
    onChange(before, state);
  };
  return { put, state: () => state, stop: () => cancelTimer() };
}
