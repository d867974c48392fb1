import { createInterface } from "node:readline/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Terminal } from "../command.ts";

/** What was typed before the question was on screen does not answer it. */
const DISCARD_MS = 80;

/**
 * Asks until what is typed makes sense. Null when the person ends the input (Ctrl-D): what was asked goes on waiting.
 *
 * Contract: rejects with the signal's reason as soon as it aborts; `interrupted` is called on Ctrl-C.
 */
export async function askUntil<Answer>(
  asked: {
    /** What may be typed. */
    readonly offer: string;
    /** Said where `read` gives null. */
    readonly again: (line: string) => string;
    readonly read: (line: string) => Answer | null;
  },
  terminal: Terminal,
  signal: AbortSignal,
  interrupted: () => void,
): Promise<Answer | null> {
  await discardTypedAhead(terminal.stdin, signal);
  const prompt = createInterface({ input: terminal.stdin, output: terminal.stderr, terminal: true });
  const ended = new AbortController();
  prompt.once("close", () => ended.abort());
  prompt.on("SIGINT", interrupted);
  try {
    terminal.stderr.write(asked.offer);
    for (;;) {
      const line = await prompt.question("> ", { signal: AbortSignal.any([signal, ended.signal]) });
      const answer = asked.read(line);
      if (answer !== null) return answer;
      terminal.stderr.write(asked.again(line));
    }
  } catch (error) {
    if (signal.aborted || !ended.signal.aborted) throw error;
    return null;
  } finally {
    prompt.close();
  }
}

async function discardTypedAhead(stdin: NodeJS.ReadStream, signal: AbortSignal): Promise<void> {
  const ignore = () => undefined;
  stdin.on("data", ignore);
  stdin.resume();
  try {
    await wait(DISCARD_MS, undefined, { signal });
  } finally {
    stdin.off("data", ignore);
    stdin.pause();
  }
}
