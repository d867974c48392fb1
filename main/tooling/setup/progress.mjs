// Everything goes to stderr: stdout belongs to the program that is started.
const patience = 1000;
/** Where no line can be written anew, how often a new one says that it still goes on. */
const between = 15_000;
const running = new Map();
let ticker;

const isTerminal = () => process.stderr.isTTY;

function status() {
  const now = Date.now();
  const slow = [...running].filter(([, start]) => now - start >= patience);
  return slow.map(([title, start]) => `${title} … ${Math.round((now - start) / 1000)} s`).join("   ");
}

const clearLine = () => isTerminal() && process.stderr.write("\r\x1b[K");

function tick() {
  clearLine();
  process.stderr.write(status().slice(0, (process.stderr.columns ?? 80) - 1));
}

/** A line that stays. */
export function say(line) {
  clearLine();
  process.stderr.write(line + "\n");
}

/** Does some work and shows, only if it takes longer than a second, that it is going on. */
export async function step(title, work) {
  const began = Date.now();
  running.set(title, began);
  const elapsed = () => `${Math.round((Date.now() - began) / 1000)} s`;
  const announcement = isTerminal() ? undefined : setTimeout(() => say(`${title} …`), patience);
  const reminder = isTerminal() ? undefined : setInterval(() => say(`${title} … ${elapsed()}`), between);
  if (isTerminal()) ticker ??= setInterval(tick, 250);
  try {
    return await work();
  } finally {
    clearTimeout(announcement);
    clearInterval(reminder);
    running.delete(title);
    clearLine();
    if (running.size === 0) {
      clearInterval(ticker);
      ticker = undefined;
    }
  }
}
