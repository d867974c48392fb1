let keyAt = 0;

/** As late as a press is heard where nothing is wrong. */
const promptMs = 150;

/**
 * When something was pressed, on the clock of `performance.now()`: presses are passed on by another process, and are
 * heard later where that is busy. What was heard promptly, or has no time of its own, was pressed now.
 */
export function pressedAt({ timeStamp }: Pick<Event, "timeStamp">): number {
  const now = performance.now();
  return timeStamp > 0 && now - timeStamp > promptMs ? timeStamp : now;
}

/** When the key was pressed that was heard last. */
export const keyPressedAt = (): number => keyAt;

/** Before anybody else hears of them. */
export function noteKeys(): void {
  window.addEventListener("keydown", (event) => (keyAt = pressedAt(event)), true);
}
