let keyAt = 0;

/**
 * When something was pressed, on the clock of `performance.now()`: presses are passed on by another process, and are
 * heard later where that is busy. What comes from the future, or from nowhere, was pressed now.
 */
export function pressedAt({ timeStamp }: Pick<Event, "timeStamp">): number {
  const now = performance.now();
  return timeStamp > 0 && timeStamp <= now ? timeStamp : now;
}

/** When the key was pressed that was heard last. */
export const keyPressedAt = (): number => keyAt;

/** Before anybody else hears of them. */
export function noteKeys(): void {
  window.addEventListener("keydown", (event) => (keyAt = pressedAt(event)), true);
}
