import { inspect } from "node:util";
import { endWithNpm } from "./npm-parent.mjs";
import { say } from "./progress.mjs";

/** Something set-up cannot mend by itself, in words for the person who has to: what is wrong, what to do, and what the tool said. */
export class SetupFailure extends Error {
  /**
   * @param {string} message
   * @param {{ advice?: string, output?: string }} [details]
   */
  constructor(message, { advice, output } = {}) {
    super(message);
    this.advice = advice;
    this.output = output;
  }
}

/** Some tools say what is wrong first and then at length what they are; others say it last. */
function headAndTail(text, count = 12) {
  const lines = text.trim().split("\n");
  return lines.length <= 2 * count ? lines : [...lines.slice(0, count), "…", ...lines.slice(-count)];
}

export function printFailure(error) {
  if (!(error instanceof SetupFailure)) return say(inspect(error));
  const said = error.output ? headAndTail(error.output).map((line) => `  | ${line}`) : [];
  return say([error.message, ...said, error.advice].filter(Boolean).join("\n"));
}

/** Runs a script's body; a failure is printed plainly and ends the process with 1. */
export async function runScript(body) {
  endWithNpm();
  try {
    const code = await body();
    if (typeof code === "number") process.exitCode = code;
  } catch (error) {
    printFailure(error);
    process.exitCode = 1;
  }
}
