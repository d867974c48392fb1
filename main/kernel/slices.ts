/** How long work that gives way may go on in one turn of the event loop, all of it together. */
const SLICE_MS = 10;

/** When the present turn began, as far as anybody asked; null before. */
let beganAt: number | null = null;
const waiting: (() => void)[] = [];
let isReleasing = false;

/**
 * Long work calls it between its steps: undefined as long as this turn of the event loop has not lasted, else a promise
 * to wait for, so that everybody else has a turn. One step alone can't be cut, so what takes several milliseconds at
 * once is better done after `ownTurn`.
 */
export function giveWay(): Promise<void> | undefined {
  const now = performance.now();
  if (beganAt === null) begin(now);
  else if (now - beganAt >= SLICE_MS) return ownTurn();
  return undefined;
}

/** Resolves in a turn that nothing else that gives way is in. */
export function ownTurn(): Promise<void> {
  if (beganAt === null) begin(performance.now());
  return new Promise((resolve) => void waiting.push(resolve));
}

function begin(now: number): void {
  beganAt = now;
  setImmediate(end);
}

function end(): void {
  beganAt = null;
  if (waiting.length === 0 || isReleasing) return;
  isReleasing = true;
  // What came in first: this may still be the turn in which the work began.
  setImmediate(release);
}

/** One at a time goes on, so that they don't share the turn. */
function release(): void {
  isReleasing = false;
  if (beganAt === null) begin(performance.now());
  waiting.shift()?.();
}

/** Work in steps; it yields where others may have their turn. */
export type Steps<T> = Generator<undefined, T>;

/** For those who can't wait. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** Each step has a turn of its own. What takes a single step is there at once. */
export function inTurns<T>(steps: Steps<T>): T | Promise<T> {
  const first = steps.next();
  return first.done === true ? first.value : rest(steps);
}

async function rest<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    await ownTurn();
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
